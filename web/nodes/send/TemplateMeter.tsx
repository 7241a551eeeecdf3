import { useTranslation } from 'react-i18next'
import type { SmsTerms } from '../../../shared/channels/sms/register.ts'
import { costOf, priceOf } from '../../../shared/message/compose.ts'
import { smsLength } from '../../../shared/message/sms.ts'
import { sayMilli } from '../../../shared/money.ts'
import { useEditor } from '../../conditions/editor.ts'
import styles from './send.module.css'

/** How long the whole message is, with the signature before it, and what it costs. */
export function TemplateMeter({ terms, text }: { terms: SmsTerms; text: string }) {
  const { t } = useTranslation('nodes')
  const { brand } = useEditor()
  const { units, parts } = smsLength(`【${terms.signature}】${text}`)
  const cost =
    priceOf('sms', brand) === null
      ? t('send.unpriced')
      : sayMilli(costOf('sms', parts, brand), brand.currency)
  return (
    <div className={styles.foot}>
      <span data-testid="sms-meter" title={t('send.meterTitle')}>
        {t('send.meter', { count: parts, units, cost })}
      </span>
    </div>
  )
}
