import { Button } from 'antd'
import { useContext, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type TimelineKind, timelineKinds, timelinePage } from '../../../shared/api/timeline.ts'
import { addDays, parseInstant } from '../../../shared/calendar/index.ts'
import { asProblem } from '../../api/problem.ts'
import { usePages } from '../../api/usePages.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { BrandFormat } from '../../ui/zone.ts'
import { Days, useSayings } from './Entries.tsx'
import type { PartProps } from './panels.tsx'
import styles from './Story.module.css'
import { storyOf } from './story.ts'

/** They live in the address, under names that other tabs do not use. */
const filterKeys = ['kinds', 'since', 'until', 'find'] as const
type Filters = Readonly<Record<(typeof filterKeys)[number], string | undefined>>

/** The filters as the server takes them: days are the brand's. */
function askedOf({ kinds, since, until, find }: Filters, zone: string) {
  const moment = (date: string) => {
    const at = parseInstant(`${date} 00:00`, zone)
    return at === null ? undefined : String(Math.max(0, at))
  }
  return {
    kinds,
    from: since === undefined ? undefined : moment(since),
    to: until === undefined ? undefined : moment(addDays(until, 1)),
    search: find,
  }
}

/** All that has happened with the customer, the newest first: more comes as one reads on. */
export function StoryTab({ data: { customer, audiences } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const { zone } = useContext(BrandFormat)
  const [filters, setFilter] = useFilters(filterKeys)
  const path = `/customers/${encodeURIComponent(customer.id)}/timeline`
  const pages = usePages(path, timelinePage, askedOf(filters, zone), 'before')
  const timeline = pages.data?.pages.flatMap(({ entries }) => entries) ?? []
  const named = audiences.map(({ key, name }) => ({ key, name: format.text(name) }))
  const say = useSayings(timeline, named)
  const filtered = filterKeys.some((key) => filters[key] !== undefined)
  // Where steps alone are asked for, a message that was sent is told by its step.
  const entries = storyOf(timeline)
  return (
    <div data-testid="story">
      <FilterBar filters={filters} onChange={setFilter} />
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton rows={6} />
      ) : (
        <div
          className={pages.isPlaceholderData ? styles.stale : undefined}
          aria-busy={pages.isPlaceholderData}
        >
          <Days entries={entries} say={say} />
          {entries.length === 0 ? (
            <p className={styles.none}>{t(filtered ? 'noneOfKind' : 'noStory')}</p>
          ) : null}
          {pages.hasNextPage ? (
            <Earlier busy={pages.isFetchingNextPage} onReached={() => void pages.fetchNextPage()} />
          ) : null}
        </div>
      )}
    </div>
  )
}

/** Asks for what came before once it comes into sight, or at a press. */
function Earlier({ busy, onReached }: { busy: boolean; onReached: () => void }) {
  const { t } = useTranslation('customers')
  const place = useRef<HTMLDivElement>(null)
  const reached = useRef(onReached)
  reached.current = onReached
  useEffect(() => {
    const element = place.current
    if (element === null || busy) return
    const watch = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) reached.current()
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [busy])
  return (
    <div ref={place}>
      <Button type="text" block loading={busy} onClick={onReached}>
        {t('earlier')}
      </Button>
    </div>
  )
}

interface FilterBarProps {
  readonly filters: Filters
  readonly onChange: (key: (typeof filterKeys)[number], value: string | undefined) => void
}

const isKind = (text: string): text is TimelineKind => timelineKinds.some((kind) => kind === text)

function FilterBar({ filters, onChange }: FilterBarProps) {
  const { t } = useTranslation('customers')
  const chosen = (filters.kinds ?? '').split(',').filter(isKind)
  const toggle = (kind: TimelineKind) => {
    const next = chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind]
    onChange('kinds', next.length === 0 || next.length === timelineKinds.length ? undefined : next.join(','))
  }
  const chip = (label: string, pressed: boolean, onClick: () => void, id: string) => (
    <button
      key={id}
      type="button"
      className={styles.chip}
      aria-pressed={pressed}
      onClick={onClick}
      data-testid={`story-${id}`}
    >
      {label}
    </button>
  )
  const day = (key: 'since' | 'until') => (
    <DateInput
      value={filters[key] ?? ''}
      aria-label={t(`filters.${key}`)}
      {...(key === 'until' && filters.since !== undefined ? { min: filters.since } : {})}
      onChange={(date) => onChange(key, date === '' ? undefined : date)}
    />
  )
  return (
    <div className={styles.bar}>
      <fieldset className={styles.chips} aria-label={t('filters.title')}>
        {chip(t('filters.all'), chosen.length === 0, () => onChange('kinds', undefined), 'all')}
        {timelineKinds.map((kind) =>
          chip(t(`filters.${kind}`), chosen.includes(kind), () => toggle(kind), kind),
        )}
      </fieldset>
      <div className={styles.narrowing}>
        <SearchBox
          label={t('filters.find')}
          value={filters.find ?? ''}
          onChange={(text) => onChange('find', text === '' ? undefined : text)}
          data-testid="story-find"
        />
        <span className={styles.days}>
          {day('since')}
          <span aria-hidden>–</span>
          {day('until')}
        </span>
      </div>
    </div>
  )
}
