import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type CodeLife, codeLife } from '../../../shared/api/coupons.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { CodeStateTag } from './CodeStateTag.tsx'
import styles from './coupons.module.css'

/** What has become of one code, as a customer or a till tells it. */
export function CodeLook() {
  const { t } = useTranslation('coupons')
  const look = useMutation({
    mutationFn: (code: string) => api.get(`/coupons/codes/${encodeURIComponent(code)}`, codeLife),
  })
  return (
    <Panel title={t('look.title')}>
      <Input.Search
        style={{ maxWidth: 420 }}
        placeholder={t('look.placeholder')}
        aria-label={t('look.label')}
        loading={look.isPending}
        onSearch={(code) => (code.trim() === '' ? undefined : look.mutate(code.trim()))}
        data-testid="code-look"
      />
      {look.error ? (
        <div className={styles.life}>
          <ProblemAlert problem={asProblem(look.error)} />
        </div>
      ) : look.data === undefined ? null : (
        <Life life={look.data} />
      )}
    </Panel>
  )
}

function Life({ life: { code, state, coupon, held } }: { life: CodeLife }) {
  const { t } = useTranslation('coupons')
  const format = useFormat()
  const path = useBrandPath()
  if (held === null)
    return (
      <p className={styles.life} data-testid="code-life">
        <CodeStateTag state={state} /> <span className={styles.code}>{code}</span>{' '}
        {t('look.free', { coupon: coupon ?? '' })}
      </p>
    )
  const said = [
    t('life.issued', { when: format.time(held.issuedAt) }),
    ...(held.usableFrom === null ? [] : [t('life.from', { when: format.time(held.usableFrom, 'date') })]),
    t('life.until', { when: format.time(held.expiresAt - 1) }),
    ...(held.redeemedAt === null ? [] : [t('life.redeemed', { when: format.time(held.redeemedAt) })]),
    ...(held.orderId === null ? [] : [t('life.order', { id: held.orderId })]),
  ]
  return (
    <p className={styles.life} data-testid="code-life">
      <CodeStateTag state={state} /> <span className={styles.code}>{code}</span>{' '}
      {t('look.of', { name: format.text(held.name) })}{' '}
      <Link to={path(`customers/${encodeURIComponent(held.customerId)}?tab=coupons`)}>{held.customerId}</Link>
      <span className={styles.key}> · {said.join(' · ')}</span>
    </p>
  )
}
