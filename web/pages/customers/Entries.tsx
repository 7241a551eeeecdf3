import {
  Activity,
  CheckCheck,
  ClipboardList,
  CornerDownRight,
  Eye,
  Flag,
  type LucideIcon,
  MessageCircleReply,
  PencilLine,
  Send,
  ShieldCheck,
  ShoppingBag,
  Ticket,
} from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { orderEvents, visitEvents } from '../../../shared/api/timeline.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useJourneys } from '../../api/useJourneys.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { sayFallback } from '../../ui/fallback.ts'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { ShownContents } from '../contents/ShownContents.tsx'
import { useChange, useConsent } from './changes.tsx'
import styles from './Story.module.css'
import {
  byDay,
  contentsOf,
  passedOf,
  type Said,
  type Sayings,
  sayProperties,
  sayStep,
  sayTask,
  type TimelineEntry,
} from './story.ts'
import { useNames } from './useNames.ts'

export interface DaysProps {
  readonly entries: readonly TimelineEntry[]
  readonly say: Sayings
  /** Without the links to the journey, where all is of one. */
  readonly bare?: boolean
}

/** Entries day by day in the brand's zone, each in words. */
export function Days({ entries, say, bare = false }: DaysProps) {
  const format = useFormat()
  return byDay(entries, (at) => format.time(at, 'date')).map(({ day, entries: ofDay }) => (
    <section key={day}>
      <h3 className={styles.day}>{day}</h3>
      <ol className={styles.entries}>
        {keyed(ofDay).map(({ key, entry }) => (
          <Entry key={key} entry={entry} say={say} bare={bare} />
        ))}
      </ol>
    </section>
  ))
}

/** Entries of a passage have no id of their own: moment, kind and place tell them apart. */
const keyed = (entries: readonly TimelineEntry[]) =>
  entries.map((entry, index) => ({
    key: 'id' in entry ? entry.id : `${entry.at} ${entry.kind} ${entry.title} ${index}`,
    entry,
  }))

/** How entries are worded, once the journeys that they are of are known. */
export function useSayings(
  timeline: readonly TimelineEntry[],
  audiences: readonly { readonly key: string; readonly name: string }[],
): Sayings {
  const { t } = useTranslation('customers')
  const { t: common } = useTranslation()
  const { locale } = useLocale()
  const format = useFormat()
  const ids = useMemo(
    () => [...new Set(timeline.flatMap(({ kind, journeyId: id }) => (kind === 'step' && id ? [id] : [])))],
    [timeline],
  )
  const names = useNames(useJourneys(ids))
  return {
    t,
    locale,
    time: (at) => format.time(at, 'short'),
    currency: format.currency,
    money: (minor) => format.money(minor),
    port: ({ journeyId, node, outcome }) =>
      outcome === 'otherwise' ? t('otherwise') : names.port(journeyId, node, outcome ?? ''),
    node: ({ journeyId }, id) => names.node(journeyId, id),
    fallback: (reason) => sayFallback(reason, common),
    audience: (key) => audiences.find((each) => each.key === key)?.name ?? key,
  }
}

interface EntryProps {
  entry: TimelineEntry
  say: Sayings
  bare: boolean
}

function Entry({ entry, say, bare }: EntryProps) {
  const format = useFormat()
  const path = useBrandPath()
  const { at, journeyId, journeyName } = entry
  const { icon: Icon, tone, body, seen } = useTold(entry, say)
  const contents = entry.kind === 'step' ? contentsOf(entry.reason) : []
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <time className={styles.time} title={format.time(at, 'full')}>
        {format.time(at, 'time')}
      </time>
      <span className={`${styles.icon} ${styles[tone] ?? ''}`}>
        <Icon size={13} aria-hidden />
      </span>
      <div className={styles.words}>
        {body}
        {!bare && journeyId && entry.kind !== 'receipt' ? (
          <Link className={styles.from} to={path(`journeys/${journeyId}`)}>
            {journeyName ? format.text(journeyName) : journeyId}
          </Link>
        ) : null}
        {seen ? <span className={styles.seen}>{seen}</span> : null}
        {contents.length === 0 ? null : (
          <div className={styles.seen}>
            {say.t('story.contents')}
            <ShownContents chosen={contents} />
          </div>
        )}
        {entry.text && entry.kind !== 'receipt' ? (
          <span className={`${styles.quote} ${entry.kind === 'reply' ? styles.reply : ''}`}>
            {entry.text}
          </span>
        ) : null}
        {entry.attachments === undefined ? null : <Attachments list={entry.attachments} />}
      </div>
    </li>
  )
}

interface Told {
  icon: LucideIcon
  tone: string
  body: React.ReactNode
  /** Beneath it: the values seen. */
  seen?: string | null
}

const receiptKinds = [
  'delivered',
  'opened',
  'clicked',
  'replied',
  'failed',
  'bounced',
  'complained',
  'unsubscribed',
  'expired',
] as const

/** A receipt's kind in the reader's language; the word itself where it is new. */
export function useReceiptName(): (kind: string) => string {
  const { t } = useTranslation('customers')
  return (kind) => {
    const known = receiptKinds.find((each) => each === kind)
    return known ? t(`receipts.${known}`) : kind
  }
}

function useTold(entry: TimelineEntry, say: Sayings): Told {
  const channel = useChannelName()
  const receipt = useReceiptName()
  const format = useFormat()
  const change = useChange()
  const consent = useConsent()
  const node = entry.nodeName ? format.text(entry.nodeName) : entry.node
  switch (entry.kind) {
    case 'step': {
      const said = sayStep(entry, say)
      const body = (
        <>
          <strong>{node}</strong>
          {said.text}
        </>
      )
      return { icon: stepIcon(said, entry), tone: said.tone, body, seen: said.seen }
    }
    case 'message':
      return {
        icon: Send,
        tone: 'message',
        body: (
          <>
            <strong>{node ?? channel(entry.title)}</strong>
            {channel(entry.title)}
            {entry.model === null ? null : (
              <em className={styles.ai}>✦ {say.t('story.polished', { model: entry.model })}</em>
            )}
          </>
        ),
        seen: passedOf(entry.reason?.passed, say).join(say.t('story.passedComma')) || null,
      }
    case 'receipt': {
      const bad = ['failed', 'bounced', 'complained', 'expired', 'unsubscribed'].includes(entry.title)
      const body = node ? (
        <>
          <strong>{node}</strong>
          {receipt(entry.title)}
        </>
      ) : (
        receipt(entry.title)
      )
      return { icon: CheckCheck, tone: bad ? 'bad' : 'plain', body }
    }
    case 'reply':
      return { icon: MessageCircleReply, tone: 'message', body: say.t('story.reply') }
    case 'event':
      return { icon: iconOf(entry.title), tone: 'plain', body: <Event entry={entry} say={say} /> }
    case 'task': {
      const task = sayTask(entry, say)
      return {
        icon: ClipboardList,
        tone: 'plain',
        body: (
          <>
            <strong>{node ?? entry.title}</strong>
            {task.text}
          </>
        ),
        seen: task.seen,
      }
    }
    case 'consent':
      return { icon: ShieldCheck, tone: entry.outcome === 'agreed' ? 'good' : 'held', ...consent(entry) }
    case 'edit':
      return { icon: PencilLine, tone: 'plain', ...change(entry) }
  }
}

function iconOf(event: string): LucideIcon {
  if (orderEvents.includes(event)) return ShoppingBag
  return visitEvents.includes(event) ? Eye : Activity
}

function stepIcon({ tone }: Said, { outcome }: TimelineEntry): LucideIcon {
  if (outcome === 'issued') return Ticket
  return tone === 'good' ? Flag : CornerDownRight
}

function Event({ entry, say }: { entry: TimelineEntry; say: Sayings }) {
  const properties = sayProperties(entry.reason, say)
  return (
    <>
      <strong>{atHead(sayName(entry.title, say.locale))}</strong>
      {properties}
    </>
  )
}
