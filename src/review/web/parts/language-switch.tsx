import { LANGUAGES } from '../../../core/language.js';
import { language, setLanguage, STRINGS, t } from '../strings/index.js';

/** Shows the page in the other language, with everything that is open as it is. */
export function LanguageSwitch() {
  const other = LANGUAGES.find((each) => each !== language.value);
  if (!other) return null;
  return (
    <button
      type="button"
      class="button language"
      lang={other}
      title={t.work.languageHint}
      data-testid="language"
      onClick={() => setLanguage(other)}
    >
      <span>{STRINGS[other].work.languageName}</span>
    </button>
  );
}
