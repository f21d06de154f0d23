// A worker: answers the number of milliseconds that it is sent with a message again and again.
addEventListener('message', ({ data }: MessageEvent<number>) => {
  setInterval(() => {
    postMessage(null);
  }, data);
});
