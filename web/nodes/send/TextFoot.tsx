import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { channelOf, isChannel } from '../../../shared/channels/index.ts'
import { costOf, priceOf } from '../../../shared/message/compose.ts'
import { composeSms, smsLength } from '../../../shared/message/sms.ts'
import { prohibitedWords } from '../../../shared/message/words.ts'
import { sayMilli } from '../../../shared/money.ts'
import { useEditor } from '../../conditions/editor.ts'
import { useLocale } from '../../locales/useLocale.ts'
import type { ConfigOf } from '../card.ts'
import styles from './send.module.css'
import { filledIn } from './template.ts'

/** Below a text: how long it is and what it costs, and whether its words are allowed. */
export function TextFoot({ text, config }: { text: string; config: ConfigOf<'send'> }) {
  return (
    <>
      <div className={styles.foot}>
        <SmsMeter text={text} config={config} />
        <Words text={text} />
      </div>
      <WordAdvice text={text} />
    </>
  )
}

function SmsMeter({ text, config }: { text: string; config: ConfigOf<'send'> }) {
  const { t } = useTranslation('nodes')
  const { brand } = useEditor()
  const { channel, purpose } = config
  if (!isChannel(channel) || channelOf(channel).content !== 'sms' || text === '') return <span />
  const framed = composeSms(filledIn(text, {}), {
    signature: brand.signature,
    optOut: brand.optOut,
    marketing: purpose === 'marketing',
  })
  const { units, parts } = smsLength(framed)
  const unpriced = priceOf(channel, brand) === null
  const cost = unpriced ? t('send.unpriced') : sayMilli(costOf(channel, parts, brand), brand.currency)
  return (
    <span data-testid="sms-meter" title={t('send.meterTitle')}>
      {t('send.meter', { count: parts, units, cost })}
    </span>
  )
}

function Words({ text }: { text: string }) {
  const { t } = useTranslation('nodes')
  const hits = prohibitedWords(text)
  const blocked = hits.filter(({ severity }) => severity === 'block').length
  if (text === '') return null
  if (blocked > 0)
    return (
      <span className={styles.blocked}>
        <CircleAlert size={12} aria-hidden />
        {t('send.words.blocked', { count: blocked })}
      </span>
    )
  if (hits.length > 0)
    return (
      <span className={styles.warned}>
        <TriangleAlert size={12} aria-hidden />
        {t('send.words.warned', { count: hits.length })}
      </span>
    )
  return (
    <span className={styles.clean}>
      <CircleCheck size={12} aria-hidden />
      {t('send.words.clean')}
    </span>
  )
}

/** What to write instead, once for all words that the advice is about. */
function WordAdvice({ text }: { text: string }) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const words = new Map<string, Set<string>>()
  for (const { word, advice, law } of prohibitedWords(text)) {
    const key = `${advice[locale]} ${law}`
    words.set(key, (words.get(key) ?? new Set()).add(word))
  }
  if (words.size === 0) return null
  return (
    <ul className={styles.advice}>
      {[...words].map(([advice, about]) => (
        <li key={advice}>
          <strong>{[...about].join(t('send.comma'))}</strong> {advice}
        </li>
      ))}
    </ul>
  )
}
