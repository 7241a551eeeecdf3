import { Button } from 'antd'
import { ArrowLeft, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import {
  type QualityAnswer,
  type QualityCheck,
  type QualityExample,
  type QualityFinding,
  qualityAnswer,
  qualityChecks,
} from '../../../shared/api/quality.ts'
import { standardEvent } from '../../../shared/conditions/standard-events.ts'
import { useApiQuery } from '../../api/query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot, type Tone } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './QualityPage.module.css'
import { Refusals } from './Refusals.tsx'

/** What of the incoming data does not look right, and what to do about it. */
export function Component() {
  const { t } = useTranslation('quality')
  const query = useApiQuery('/data-quality', qualityAnswer)
  const back = (
    <>
      <Link to="../customers">
        <Button icon={<ArrowLeft size={14} />}>{t('back')}</Button>
      </Link>
      <Button onClick={() => void query.refetch()} loading={query.isFetching}>
        {t('again')}
      </Button>
    </>
  )
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={back} />
      <Loaded query={query} skeleton={<LookingSkeleton />}>
        {(answer) => <Findings answer={answer} />}
      </Loaded>
    </Page>
  )
}

/** As wide as the findings that come. */
function LookingSkeleton() {
  return (
    <div className={styles.findings}>
      <TableSkeleton rows={4} />
    </div>
  )
}

function Findings({ answer }: { answer: QualityAnswer }) {
  const { t } = useTranslation('quality')
  const format = useFormat()
  const { at, customers, events, findings, refusals } = answer
  if (findings.length === 0 && refusals.length === 0)
    return (
      <EmptyState
        icon={CircleCheck}
        title={t('empty.title')}
        text={t('empty.text', { customers: format.count(customers), events: format.count(events) })}
      />
    )
  return (
    <div className={styles.findings}>
      <p className={styles.looked}>
        {t('looked', {
          at: format.time(at),
          customers: format.count(customers),
          events: format.count(events),
        })}
      </p>
      {findings.map((finding) => (
        <Finding key={`${finding.check} ${finding.subject}`} finding={finding} />
      ))}
      {refusals.length === 0 ? null : <Refusals refusals={refusals} />}
    </div>
  )
}

const tones = { fault: 'bad', doubt: 'warn', note: 'quiet' } as const satisfies Record<
  (typeof qualityChecks)[QualityCheck]['weight'],
  Tone
>
/** Checks that count days. */
const ofDays: ReadonlySet<QualityCheck> = new Set(['silent-days'])

function Finding({ finding }: { finding: QualityFinding }) {
  const { t } = useTranslation('quality')
  const format = useFormat()
  const { check, subject, count, of, sampled, days, examples } = finding
  const { words, mend, weight } = qualityChecks[check]
  const counted = t(ofDays.has(check) ? 'days' : examples[0]?.event == null ? 'customers' : 'events', {
    count,
    said: format.count(count),
  })
  return (
    <Panel
      title={
        <>
          {format.text(words)}
          {subject === null ? null : <Subject subject={subject} check={check} />}
        </>
      }
      extra={<StatusDot tone={tones[weight]}>{t(`weights.${weight}`)}</StatusDot>}
    >
      <div data-testid={`finding-${check}`}>
        <p className={styles.count}>
          <strong>{counted}</strong>
          {of === null ? '' : ` ${t('of', { of: format.count(of) })}`}
          {sampled ? ` ${t('sampled')}` : ''}
        </p>
        {days.length === 0 ? null : (
          <p className={styles.days}>
            {days.slice(-10).join(' · ')}
            {days.length > 10 ? ' …' : ''}
          </p>
        )}
        <p className={styles.mend}>{format.text(mend)}</p>
        {examples.length === 0 ? null : (
          <ul className={styles.examples} aria-label={t('examples')}>
            {examples.map((one) => (
              <Example key={`${one.customerId} ${one.event} ${one.eventId}`} one={one} check={check} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

/** A field or an event, under the name that people know it by where it has one. */
function Subject({ subject, check }: { subject: string; check: QualityCheck }) {
  const format = useFormat()
  const { t } = useTranslation('quality')
  const known = check === 'mostly-empty' ? undefined : standardEvent(subject)
  const fields: Readonly<Record<string, string>> = {
    name: t('fields.name'),
    gender: t('fields.gender'),
    birthday: t('fields.birthday'),
    city: t('fields.city'),
    registered_at: t('fields.registered_at'),
  }
  const field = check === 'mostly-empty' ? fields[subject] : undefined
  return <span className={styles.subject}>{known ? format.text(known.words) : (field ?? subject)}</span>
}

const inMoney: ReadonlySet<QualityCheck> = new Set(['far-amount', 'refund-exceeds'])

function Example({ one, check }: { one: QualityExample; check: QualityCheck }) {
  const format = useFormat()
  const { customerId, customerName, event, eventId, at, value } = one
  const said = value !== null && inMoney.has(check) ? format.money(Number(value)) : value
  const parts = [
    event === null ? null : `${event} ${eventId ?? ''}`,
    at === null ? null : format.time(at),
    said,
  ]
  return (
    <li>
      <Link to={`../customers/${encodeURIComponent(customerId)}`}>{customerName ?? customerId}</Link>
      <span>{parts.filter((part) => part !== null && part !== '').join(' · ')}</span>
    </li>
  )
}
