import { Button, Segmented } from 'antd'
import {
  Activity,
  CheckCheck,
  CornerDownRight,
  Flag,
  type LucideIcon,
  MessageCircleReply,
  Send,
  Ticket,
} from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { sayName } from '../../../shared/conditions/say.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useJourneys } from '../../api/useJourneys.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { sayFallback } from '../../ui/fallback.ts'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Story.module.css'
import {
  byDay,
  type Said,
  type Sayings,
  type StoryFilter,
  sayProperties,
  sayStep,
  storyOf,
  type TimelineEntry,
} from './story.ts'
import { useNames } from './useNames.ts'

const filters: readonly StoryFilter[] = ['all', 'messages', 'steps', 'events']

export interface StoryProps {
  timeline: readonly TimelineEntry[]
  audiences: readonly { key: string; name: string }[]
  /** Without the filters and the links to the journey, where the story is of one journey alone. */
  bare?: boolean
}

/** Entries shown before one asks for more. */
const page = 60

/** What happened to a customer, day by day, each step with its reason. */
export function Story({ timeline, audiences, bare = false }: StoryProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const [filter, setFilter] = useState<StoryFilter>('all')
  const say = useSayings(timeline, audiences)
  const [most, setMost] = useState(page)
  const all = storyOf(timeline, filter)
  const days = byDay(all.slice(0, most), (at) => format.time(at, 'date'))
  return (
    <div data-testid="story">
      {bare || timeline.length === 0 ? null : (
        <div className={styles.bar}>
          <Segmented
            value={filter}
            onChange={setFilter}
            options={filters.map((value) => ({ value, label: t(`filters.${value}`) }))}
          />
        </div>
      )}
      {days.map(({ day, entries }) => (
        <section key={day}>
          <h3 className={styles.day}>{day}</h3>
          <ol className={styles.entries}>
            {keyed(entries).map(({ key, entry }) => (
              <Entry key={key} entry={entry} say={say} bare={bare} />
            ))}
          </ol>
        </section>
      ))}
      {days.length === 0 ? (
        <p className={styles.none}>{timeline.length === 0 ? t('noStory') : t('noneOfKind')}</p>
      ) : null}
      {all.length > most ? (
        <Button type="text" block onClick={() => setMost(most + page)}>
          {t('earlier')}
        </Button>
      ) : null}
    </div>
  )
}

/** Entries have no id of their own: moment, kind and place tell them apart. */
const keyed = (entries: readonly TimelineEntry[]) =>
  entries.map((entry, index) => ({ key: `${entry.at} ${entry.kind} ${entry.title} ${index}`, entry }))

function useSayings(timeline: readonly TimelineEntry[], audiences: StoryProps['audiences']): Sayings {
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
        {entry.text && entry.kind !== 'receipt' ? (
          <span className={`${styles.quote} ${entry.kind === 'reply' ? styles.reply : ''}`}>
            {entry.text}
          </span>
        ) : null}
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
      return { icon: Activity, tone: 'plain', body: <Event entry={entry} say={say} /> }
  }
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
