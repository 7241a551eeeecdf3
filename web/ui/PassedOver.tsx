import { CornerDownRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { channelOf, isChannel } from '../../shared/channels/index.ts'
import styles from './PassedOver.module.css'
import { useFormat } from './useFormat.ts'

interface Props {
  readonly passed: readonly { readonly channel: string; readonly gate: string }[]
  /** A gate in words. */
  readonly word: (gate: string) => string
}

/** Why other channels do not carry a message, a line each. */
export function PassedOver({ passed, word }: Props) {
  const { t } = useTranslation('common')
  const format = useFormat()
  if (passed.length === 0) return null
  return (
    <ul className={styles.passed} data-testid="passed-over">
      {passed.map(({ channel, gate }) => (
        <li key={channel}>
          <CornerDownRight size={12} aria-hidden />
          {t('passedOver', {
            channel: isChannel(channel) ? format.text(channelOf(channel).name) : channel,
            why: word(gate),
          })}
        </li>
      ))}
    </ul>
  )
}
