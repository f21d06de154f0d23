import type { ComponentChildren } from 'preact';
import { t } from '../strings/index.js';
import { Icon } from './icon.js';
import { LanguageSwitch } from './language-switch.js';

/** The bar at the top of every screen; its children are the ways out of the screen. */
export function PageHead({ children }: { children?: ComponentChildren }) {
  return (
    <header class="page-head">
      <p class="brand">{t.product}</p>
      <p class="local">
        <Icon name="lock" />
        <span>{t.local}</span>
      </p>
      <div class="page-head-actions">
        {children}
        <LanguageSwitch />
      </div>
    </header>
  );
}
