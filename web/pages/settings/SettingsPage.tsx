import {
  Building2,
  FileWarning,
  HeartPulse,
  Info,
  KeyRound,
  Layers,
  ListChecks,
  type LucideIcon,
  Plug,
  RadioTower,
  ScanEye,
  Sparkles,
  Webhook,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSystem } from '../../api/system.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { AboutTab } from './AboutTab.tsx'
import { AiTab } from './AiTab.tsx'
import { AuditTab } from './AuditTab.tsx'
import { BrandsTab } from './BrandsTab.tsx'
import { BrandTab } from './BrandTab.tsx'
import { ChannelsTab } from './ChannelsTab.tsx'
import { HealthTab } from './HealthTab.tsx'
import { KeysTab } from './KeysTab.tsx'
import { LoginsTab } from './LoginsTab.tsx'
import styles from './SettingsPage.module.css'
import { TrackingTab } from './TrackingTab.tsx'
import { UnreadableTab } from './UnreadableTab.tsx'
import { WebhooksTab } from './WebhooksTab.tsx'

const tabs = [
  ['brand', Building2, BrandTab],
  ['channels', RadioTower, ChannelsTab],
  ['ai', Sparkles, AiTab],
  ['brands', Layers, BrandsTab],
  ['keys', Plug, KeysTab],
  ['tracking', ScanEye, TrackingTab],
  ['webhooks', Webhook, WebhooksTab],
  ['logins', KeyRound, LoginsTab],
  ['audit', ListChecks, AuditTab],
  ['unreadable', FileWarning, UnreadableTab],
  ['health', HeartPulse, HealthTab],
  ['about', Info, AboutTab],
] as const satisfies readonly (readonly [string, LucideIcon, () => React.ReactNode])[]

/** What is decided once for all journeys. */
export function Component() {
  const { t } = useTranslation('settings')
  const [{ tab }, setFilter] = useFilters(['tab'])
  const { login } = useSystem()
  // Where no password is set, nobody logs in.
  const shown = tabs.filter(([id]) => login || id !== 'logins')
  const [current, , Tab] = shown.find(([id]) => id === tab) ?? tabs[0]
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <div className={`${styles.columns} ${current === 'audit' ? styles.wide : ''}`}>
        <nav className={styles.menu} aria-label={t('title')}>
          {shown.map(([id, Icon]) => (
            <button
              key={id}
              type="button"
              aria-current={id === current ? 'page' : undefined}
              onClick={() => setFilter('tab', id)}
              data-testid={`settings-${id}`}
            >
              <Icon size={15} strokeWidth={1.8} aria-hidden />
              {t(`tabs.${id}`)}
            </button>
          ))}
        </nav>
        <div className={styles.body}>
          <Tab />
        </div>
      </div>
    </Page>
  )
}
