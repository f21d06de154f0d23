// A worker: is sent a number of milliseconds, and then sends a message each time that so many have passed.
addEventListener('message', ({ data }: MessageEvent<number>) => {
  setInterval(() => {
    postMessage(null);
  }, data);
});
