import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { TicketPercent } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HeldCode } from '../../shared/api/coupons.ts'
import { recordsAnswer } from '../../shared/api/records.ts'
import { sayTerms } from '../../shared/coupons/say.ts'
import { api } from '../api/client.ts'
import { refresh } from '../api/query.ts'
import { useLocale } from '../locales/useLocale.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import styles from './PhoneCoupon.module.css'

/** A coupon that a message brought: what it is worth, and a button that uses it as at a till, at the brand's time. */
export function PhoneCoupon({ held }: { held: HeldCode }) {
  const { t } = useTranslation(['shell', 'coupons'])
  const { locale } = useLocale()
  const format = useFormat()
  const notice = useNotice()
  const { code, name, state, expiresAt } = held
  const use = useMutation({
    mutationFn: () => api.post('/coupons/redemptions', recordsAnswer, [{ code }]),
    onSuccess: async ({ results: [result] }) => {
      const { message, mend } = result ?? {}
      if (message !== undefined)
        notice.warn(format.text(message), mend === undefined ? '' : format.text(mend))
      else notice.done(t('phone.couponUsed'))
      // It may wake a wait or reach a goal: whatever is on the page may have changed.
      await refresh()
    },
    onError: notice.problem,
  })
  return (
    <div
      className={`${styles.coupon} ${state === 'usable' ? '' : styles.over}`}
      data-testid={`phone-coupon-${code}`}
    >
      <TicketPercent size={20} aria-hidden />
      <div className={styles.what}>
        <strong>{sayTerms(held, locale, format.currency)}</strong>
        <small>{format.text(name)}</small>
        <small>{t('coupons:life.until', { when: format.time(expiresAt, 'date') })}</small>
      </div>
      {state === 'usable' ? (
        <Button size="small" type="primary" loading={use.isPending} onClick={() => use.mutate()}>
          {t('phone.useCoupon')}
        </Button>
      ) : (
        <span className={styles.state}>{t(`coupons:states.${state}`)}</span>
      )}
    </div>
  )
}
