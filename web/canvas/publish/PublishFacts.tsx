import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { sayDate } from '../../../shared/calendar/index.ts'
import { prove } from '../../../shared/compile/prove.ts'
import { sayMost, sayPassage } from '../../../shared/compile/say-proof.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import {
  type Entrance,
  type ForEntrances,
  forEntrance,
  type ScheduleEntrance,
} from '../../../shared/nodes/entrance.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useAudienceCount, useEditor, useJourneyName } from '../../nodes/index.ts'
import { readNode } from '../../store/graph.ts'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import styles from '../Dialog.module.css'

/** Who will enter when, and what they will hear: the last look before a version goes live. */
export function PublishFacts() {
  const { t } = useTranslation('canvas')
  const { types, rehearsal } = useCanvas()
  const { brand, now } = useEditor()
  const { locale } = useLocale()
  const format = useFormat()
  const journeyName = useJourneyName()
  const journey = useDocument((state) => state.journey)
  const report = useStore(rehearsal, (state) => state.report)
  const read = Object.entries(journey.nodes).flatMap(([id, node]) => {
    const known = readNode(node, types, journey)
    return known === null ? [] : [{ id, node, ...known }]
  })
  const messages = read.filter(({ type, config }) => (type.messages?.(config) ?? 0) > 0)
  const entries = read.flatMap(({ id, node, type, config }) => {
    const entrance = type.entrance?.(config)
    if (entrance === undefined) return []
    const words = atHead(type.describe(config, { locale, currency: brand.currency, journeyName }))
    return [{ id, name: format.text(node.name), words, entrance }]
  })
  const { percent } = journey.settings.controlGroup
  const proof = prove(journey, types, { now, zone: brand.zone })
  return (
    <dl className={styles.facts}>
      <dt>{t('publish.entries')}</dt>
      <dd>
        {entries.map(({ id, name, words, entrance }) => (
          <div key={id}>
            <p>
              {name} · {words}
            </p>
            <EntranceFacts entrance={entrance} />
          </div>
        ))}
      </dd>
      <dt>{t('publish.messages')}</dt>
      <dd>
        {t('publish.messageCount', { count: messages.length })}
        <p className={styles.quiet} data-testid="publish-most">
          {format.text(sayMost(proof))}
        </p>
      </dd>
      <dt>{t('publish.passage')}</dt>
      <dd data-testid="publish-passage">{format.text(sayPassage(proof))}</dd>
      <dt>{t('publish.control')}</dt>
      <dd>{percent > 0 ? t('publish.controlOn', { percent }) : t('publish.controlOff')}</dd>
      <dt>{t('publish.rehearsed')}</dt>
      <dd>
        {report === null
          ? t('publish.notRehearsed')
          : t('publish.rehearsal', {
              count: report.entered,
              people: format.count(report.entered),
              most: report.most_messages,
            })}
      </dd>
    </dl>
  )
}

/** Entrances of which it is known when they come, and who would come in; null for the others. */
const timed: ForEntrances<[], ScheduleEntrance | null> = {
  schedule: (entrance) => entrance,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

/** Who comes in all together: at a time, or on publishing; null where nobody does. */
const brought: ForEntrances<[], Condition | null> = {
  schedule: ({ audience }) => audience,
  event: () => null,
  manual: () => null,
  membership: ({ audience, present }) => (present ? audience : null),
  absence: () => null,
  journey: () => null,
}

/** When an entry comes next, and how many would come in now. */
function EntranceFacts({ entrance }: { entrance: Entrance }) {
  const { t } = useTranslation('canvas')
  const { now, brand } = useEditor()
  const { locale } = useLocale()
  const format = useFormat()
  const zone = useDocument(({ journey }) => journey.settings.zone) ?? brand.zone
  const people = useAudienceCount(forEntrance(brought, entrance))
  const next = forEntrance(timed, entrance)?.next(now, zone) ?? null
  const words = [
    next === null ? null : t('publish.next', { when: sayDate(next.at, zone, locale, now) }),
    people === null ? null : t('publish.people', { count: people, people: format.count(people) }),
  ].filter((word) => word !== null)
  return words.length === 0 ? null : <p className={styles.quiet}>{words.join(' · ')}</p>
}
