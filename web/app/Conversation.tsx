import { useTranslation } from 'react-i18next'
import type { HeldCode } from '../../shared/api/coupons.ts'
import type { InboxMessage } from '../../shared/api/inbox.ts'
import { contentOf, PhoneMessage, useChannelName } from '../ui/PhoneMessage.tsx'
import { openPhone } from '../ui/phoneDrawer.ts'
import { useFormat } from '../ui/useFormat.ts'
import styles from './Conversation.module.css'
import { PhoneCoupon } from './PhoneCoupon.tsx'

/** Messages from the oldest to the newest, the day between them where it changes. */
export function Conversation({
  messages,
  everyone,
  coupons = [],
}: {
  messages: readonly InboxMessage[]
  everyone: boolean
  /** What the owner of the phone has got; each stands under the messages that say its code. */
  coupons?: readonly HeldCode[]
}) {
  const format = useFormat()
  const days = messages.map(({ at }) => format.time(at, 'date'))
  return messages.map((message, index) => (
    <div key={message.id} className={styles.entry}>
      {days[index] === days[index - 1] ? null : <p className={styles.day}>{days[index]}</p>}
      <Line message={message} everyone={everyone} />
      <PhoneMessage
        channel={message.channel}
        direction={message.direction}
        subject={message.subject}
        text={message.text}
        html={message.html}
        attachments={message.attachments}
      />
      {message.direction === 'out'
        ? coupons
            .filter(({ code }) => message.text.includes(code))
            .map((held) => <PhoneCoupon key={held.code} held={held} />)
        : null}
    </div>
  ))
}

/** Who, by which channel, when. */
function Line({ message, everyone }: { message: InboxMessage; everyone: boolean }) {
  const { t } = useTranslation(['shell', 'common'])
  const format = useFormat()
  const channelName = useChannelName()
  const { customerId: id, customerName: name, direction } = message
  const mine = direction === 'in'
  // Every other channel's message bears its name itself.
  const bubble = contentOf(message.channel) === 'sms'
  return (
    <p className={mine ? `${styles.line} ${styles.mine}` : styles.line}>
      {everyone ? (
        <button type="button" onClick={() => openPhone({ id, name })}>
          {name ?? t('phone.nameless')}
        </button>
      ) : null}
      {mine ? <span>{t('common:phone.replied')}</span> : null}
      {bubble && !mine ? <span>{channelName(message.channel)}</span> : null}
      <time>{format.time(message.at, 'time')}</time>
    </p>
  )
}
