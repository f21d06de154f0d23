// Comes first: it takes the secret off the address.
import './state/secret.js';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { NoticeBar } from './parts/notice-bar.js';
import { InitialsDialog, NotAcceptedDialog } from './parts/queue-dialogs.js';
import { LeaveDialog } from './parts/leave-dialog.js';
import { useFileDrop } from './parts/use-file-drop.js';
import { PageHead } from './parts/page-head.js';
import { PhotoScreen } from './screens/photo-screen.js';
import { QueueScreen } from './screens/queue-screen.js';
import { StartScreen } from './screens/start-screen.js';
import { isStranger } from './state/api-client.js';
import { begin, fatal, photo, screen } from './state/app.js';
import { start } from './state/notices.js';
import { language, t } from './strings/index.js';

function App() {
  useFileDrop();
  if (isStranger.value) return <Message text={t.errors.codes.stranger} />;
  return (
    <>
      <NoticeBar />
      <ShownScreen />
      <InitialsDialog />
      <NotAcceptedDialog />
      <LeaveDialog />
    </>
  );
}

function ShownScreen() {
  switch (screen.value) {
    case 'loading':
      return <Message text={t.loading} />;
    case 'fatal':
      return <Message text={fatal.value} />;
    case 'start':
      return <StartScreen />;
    case 'photo':
      return photo.value ? <PhotoScreen key={photo.value.view.peek().id} photo={photo.value} /> : null;
    case 'queue':
      return <QueueScreen />;
  }
}

function Message({ text }: { text: string }) {
  return (
    <>
      <PageHead />
      <main class="message">
        <h1 class="unseen">{t.title}</h1>
        <p role="status" data-testid="message">
          {text}
        </p>
      </main>
    </>
  );
}

effect(() => {
  document.documentElement.lang = language.value;
  document.title = `${t.title} – ${t.product}`;
});
const root = document.getElementById('app');
if (root) render(<App />, root);
start(begin());
