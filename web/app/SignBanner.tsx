import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { SignAnswer } from '../../shared/api/signs.ts'
import { signsQuery } from '../api/signs.ts'
import { useScopeName } from '../api/system.ts'
import { useFormat } from '../ui/useFormat.ts'
import styles from './SignBanner.module.css'

const keyOf = ({ name, scope, since }: SignAnswer) => `${name} ${scope ?? ''} ${since}`
const gravity = { life: 0, readiness: 1, notice: 2 } as const satisfies Record<SignAnswer['bearing'], number>

/** Says above every page what is not well with the server; what only should be known can be put away. */
export function SignBanner({ brand }: { brand: string }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const nameOf = useScopeName()
  const { data } = useQuery(signsQuery)
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const unwell = (data?.signs ?? [])
    .filter((sign) => !sign.well && !read.has(keyOf(sign)))
    .toSorted((a, b) => gravity[a.bearing] - gravity[b.bearing])
  const [first] = unwell
  if (first === undefined) return null
  const scope = first.scope === null ? '' : t('signs.of', { scope: format.text(nameOf(first.scope)) })
  return (
    <Alert
      banner
      showIcon
      type={first.bearing === 'notice' ? 'warning' : 'error'}
      data-testid={`sign-${first.name}`}
      {...(first.bearing === 'notice'
        ? { closable: { onClose: () => setRead(new Set([...read, ...unwell.map(keyOf)])) } }
        : {})}
      title={
        <div className={styles.line}>
          <span>
            {scope}
            {first.message === null ? null : format.text(first.message)}
          </span>
          <small className={styles.mend}>{first.mend === null ? null : format.text(first.mend)}</small>
          <small className={styles.since}>
            {t('signs.since', { when: format.time(first.since) })}
            {' · '}
            <Link to={`/${brand}/settings?tab=health`}>
              {unwell.length > 1 ? t('signs.more', { count: unwell.length - 1 }) : t('signs.all')}
            </Link>
          </small>
        </div>
      }
    />
  )
}
