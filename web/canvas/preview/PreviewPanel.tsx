import { Drawer, Switch } from 'antd'
import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PreviewAnswer, PreviewMessage } from '../../../shared/api/preview.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Phone } from '../../ui/Phone.tsx'
import { PhoneMessage, useChannelName } from '../../ui/PhoneMessage.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { isShownProblem } from '../../ui/problem.ts'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Walker } from '../../ui/Walker.tsx'
import { useCanvas, useDocument } from '../context.ts'
import { Entry, inOrder, Stays } from './Entry.tsx'
import styles from './Preview.module.css'
import { PreviewDetails } from './PreviewDetails.tsx'
import { type Preview, placeOf, usePreview } from './usePreview.ts'

/** The whole journey as one customer reads it: the messages on a phone, and what stands behind each. */
export function PreviewPanel() {
  const { t } = useTranslation('preview')
  const { screen } = useCanvas()
  const open = useStore(screen, (state) => state.preview)
  return (
    <Drawer
      open={open}
      size={820}
      title={t('title')}
      destroyOnHidden
      onClose={() => screen.setState({ preview: false })}
      data-testid="preview-panel"
    >
      <Content />
    </Drawer>
  )
}

function Content() {
  const { t } = useTranslation('preview')
  const { screen } = useCanvas()
  const preview = usePreview()
  const { answer, problem } = preview
  const [chosen, setChosen] = useState(screen.getState().previewNode)
  if (answer === null && problem !== null)
    return isShownProblem(problem) ? <ProblemAlert problem={problem} /> : <p>{t('failed')}</p>
  if (answer === null) return <CardsSkeleton cards={2} />
  if (answer.customer === null)
    return <EmptyState icon={MessagesSquare} title={t('nobody')} text={t('noCustomer')} />
  if (answer.messages.length === 0)
    return <EmptyState icon={MessagesSquare} title={t('title')} text={t('noMessages')} />
  // The canvas names a node; on the phone one of its messages is chosen.
  const shown =
    answer.messages.find((one) => placeOf(one) === chosen || one.node === chosen) ?? answer.messages[0]
  return (
    <div className={preview.busy ? `${styles.panel} ${styles.busy}` : styles.panel}>
      <CustomerPhone
        answer={answer}
        preview={preview}
        chosen={shown ? placeOf(shown) : null}
        onChoose={setChosen}
      />
      {shown ? (
        <PreviewDetails key={placeOf(shown)} message={shown} customer={answer.customer} preview={preview} />
      ) : null}
    </div>
  )
}

function CustomerPhone({
  answer,
  preview,
  chosen,
  onChoose,
}: {
  answer: PreviewAnswer
  preview: Preview
  chosen: string | null
  onChoose: (place: string) => void
}) {
  const { t } = useTranslation('preview')
  const { customer, position } = answer
  const [all, setAll] = useState(false)
  const path = answer.messages.filter(({ onPath }) => onPath)
  // Where the way is not known, as in a draft without its trigger, there is nothing to set apart.
  const elsewhere = path.length === 0 ? 0 : answer.messages.length - path.length
  const shown =
    all || elsewhere === 0
      ? answer.messages
      : answer.messages.filter((one) => one.onPath || placeOf(one) === chosen)
  const who = [customer?.name ?? customer?.id, customer?.attributes.tier, customer?.city].filter(Boolean)
  return (
    <Phone
      title={who.join(' · ')}
      extra={<Walker position={position} onWalk={preview.walk} testId="panel" />}
    >
      <Entry entry={answer.entry} />
      {customer?.control ? <p className={styles.control}>{t('control')}</p> : null}
      {inOrder(shown, answer.stays).map((one) =>
        'channel' in one ? (
          <Dated
            key={placeOf(one)}
            message={one}
            again={answer.messages.some(({ node, visit }) => node === one.node && visit > 1)}
            chosen={placeOf(one) === chosen}
            onChoose={() => onChoose(placeOf(one))}
          />
        ) : (
          <Stays key={`${one.node} ${one.from}`} stay={one} />
        ),
      )}
      {elsewhere > 0 ? (
        <p className={styles.branches}>
          <Switch
            size="small"
            checked={all}
            aria-label={t('otherBranches', { count: elsewhere })}
            onChange={setAll}
            data-testid="preview-branches"
          />
          {t('otherBranches', { count: elsewhere })}
        </p>
      ) : null}
    </Phone>
  )
}

function Dated({
  message,
  again,
  chosen,
  onChoose,
}: {
  message: PreviewMessage
  /** Whether its node sends more than once. */
  again: boolean
  chosen: boolean
  onChoose: () => void
}) {
  const { t } = useTranslation('preview')
  const format = useFormat()
  const channel = useChannelName()
  const name = useDocument(({ journey }) => journey.nodes[message.node]?.name)
  const title = name === undefined ? message.node : format.text(name)
  return (
    <div className={chosen ? `${styles.dated} ${styles.chosen}` : styles.dated}>
      <button type="button" className={styles.date} aria-pressed={chosen} onClick={onChoose}>
        <span>{message.at === null ? t('undated') : format.time(message.at, 'short')}</span>
        <strong>{title}</strong>
        {again ? <span>{t('visit', { n: message.visit })}</span> : null}
        {message.onPath ? null : <em>{t('otherBranch')}</em>}
        <span>{channel(message.channel)}</span>
      </button>
      {message.text === '' && message.attachments.length === 0 ? (
        <p className={styles.unwritten}>{t('noText')}</p>
      ) : (
        <PhoneMessage
          channel={message.channel}
          subject={message.subject}
          text={message.text}
          html={message.html}
          attachments={message.attachments}
        />
      )}
    </div>
  )
}
