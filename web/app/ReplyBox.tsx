import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { SendHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type InboxMessage, inboxReplyAnswer } from '../../shared/api/inbox.ts'
import { channelOf, isChannel } from '../../shared/channels/index.ts'
import { api } from '../api/client.ts'
import { refresh } from '../api/query.ts'
import { contentOf } from '../ui/PhoneMessage.tsx'
import type { PhoneOwner } from '../ui/phoneDrawer.ts'
import { useNotice } from '../ui/useNotice.tsx'
import styles from './ReplyBox.module.css'

/** Answers as the customer to the last message that can be answered. */
export function ReplyBox({
  owner,
  messages,
}: {
  owner: PhoneOwner | null
  messages: readonly InboxMessage[]
}) {
  const { t } = useTranslation('shell')
  const notice = useNotice()
  const [text, setText] = useState('')
  const last = owner ? messages.findLast(answerable) : undefined
  const reply = useMutation({
    mutationFn: ({ to, words }: { to: InboxMessage; words: string }) =>
      api.post('/inbox/reply', inboxReplyAnswer, {
        customerId: to.customerId,
        messageId: to.id,
        text: words,
      }),
    onSuccess: () => {
      setText('')
      // A reply may unsubscribe, wake a wait or reach a goal: whatever is on the page may have changed.
      return refresh()
    },
    onError: notice.problem,
  })
  if (!owner) return <p className={styles.hint}>{t('phone.chooseToReply')}</p>
  const word = optOutWord(last?.text ?? '')
  const send = (words: string) => {
    if (last && words.trim() !== '') reply.mutate({ to: last, words: words.trim() })
  }
  return (
    <div className={styles.reply}>
      {last && contentOf(last.channel) !== 'chat' ? (
        <Button
          size="small"
          className={styles.chip ?? ''}
          disabled={reply.isPending}
          onClick={() => send(word)}
        >
          {t('phone.optOut', { word })}
        </Button>
      ) : null}
      <div className={styles.row}>
        <Input
          aria-label={t('phone.reply')}
          placeholder={t('phone.reply')}
          maxLength={1000}
          disabled={!last}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => send(text)}
        />
        <Button
          type="primary"
          aria-label={t('phone.send')}
          icon={<SendHorizontal size={15} />}
          loading={reply.isPending}
          disabled={!last || text.trim() === ''}
          onClick={() => send(text)}
        />
      </div>
    </div>
  )
}

/** A messenger is there to talk in, be it that the brand hears of it or not. */
const answerable = (message: InboxMessage): boolean =>
  message.direction === 'out' && (tellsReplies(message.channel) || contentOf(message.channel) === 'chat')

const tellsReplies = (channel: string): boolean =>
  isChannel(channel) && channelOf(channel).receipts.includes('replied')

/** The word by which the message itself says that one can opt out: 拒收请回复R, 回T退订. */
function optOutWord(text: string): string {
  return /回复?\s*([A-Z]{1,2})(?![A-Za-z])/.exec(text)?.[1] ?? 'T'
}
