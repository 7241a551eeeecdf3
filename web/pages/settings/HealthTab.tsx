import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SignAnswer } from '../../../shared/api/signs.ts'
import { signsQuery } from '../../api/signs.ts'
import { useScopeName } from '../../api/system.ts'
import { Panel } from '../../ui/Page.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './HealthTab.module.css'
import { UpkeepPanel } from './UpkeepPanel.tsx'

const unwellFirst = (a: SignAnswer, b: SignAnswer) => Number(a.well) - Number(b.well)

/** How the server does, sign by sign: what is not well, then the rest. */
export function HealthTab() {
  const { t } = useTranslation('settings')
  const { data, error } = useQuery(signsQuery)
  if (error) return <PageError error={error} />
  return (
    <>
      <Panel>
        <p className={styles.about}>{t('health.about')}</p>
        <ul className={styles.signs} aria-busy={data === undefined} aria-label={t('tabs.health')}>
          {data?.signs.toSorted(unwellFirst).map((sign) => (
            <Sign key={`${sign.name} ${sign.scope ?? ''}`} {...sign} />
          ))}
        </ul>
        <p className={styles.routes}>{t('health.routes')}</p>
      </Panel>
      <UpkeepPanel />
    </>
  )
}

function Sign({ name, scope, bearing, well, since, label, message, mend }: SignAnswer) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const nameOf = useScopeName()
  const tone = well ? 'good' : bearing === 'notice' ? 'warn' : 'bad'
  return (
    <li data-testid={`health-${name}`}>
      <div className={styles.head}>
        <strong>
          {format.text(label)}
          {scope === null ? null : <span className={styles.scope}> {format.text(nameOf(scope))}</span>}
        </strong>
        <StatusDot tone={tone}>{t(well ? 'health.well' : `health.${bearing}`)}</StatusDot>
        <small>{t('health.since', { when: format.time(since) })}</small>
      </div>
      {message === null ? null : <p>{format.text(message)}</p>}
      {mend === null ? null : <p className={styles.mend}>{format.text(mend)}</p>}
    </li>
  )
}
