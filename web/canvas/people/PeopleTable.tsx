import { Table, type TableColumnsType, Tooltip } from 'antd'
import { Route } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PersonAtNode } from '../../../shared/api/people.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { NothingFound } from '../../ui/ListCard.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './People.module.css'

export interface PeopleTableProps {
  readonly journeyId: string
  readonly people: readonly PersonAtNode[]
  readonly busy: boolean
  readonly chosen: readonly number[]
  readonly onChoose: (enrollments: number[]) => void
  /** What is said where there is nobody. */
  readonly empty: string
  /** Whether more than one version has people here. */
  readonly versions: boolean
}

/** Who stands on a node, one a row, to be chosen. */
export function PeopleTable(props: PeopleTableProps) {
  const { journeyId, people, busy, chosen, onChoose, empty, versions } = props
  const { t } = useTranslation('people')
  const format = useFormat()
  const path = useBrandPath()
  const columns: TableColumnsType<PersonAtNode> = [
    {
      title: t('columns.customer'),
      key: 'customer',
      ellipsis: true,
      render: (_, person) => <Who person={person} versions={versions} />,
    },
    {
      title: t('columns.since'),
      key: 'since',
      width: 128,
      render: (_, { since }) => <span title={format.time(since, 'full')}>{format.time(since, 'short')}</span>,
    },
    { title: t('columns.state'), key: 'state', width: 190, render: (_, person) => <State person={person} /> },
    {
      key: 'why',
      width: 40,
      render: (_, { enrollmentId }) => (
        <Tooltip title={t('why')}>
          <Link to={path(`journeys/${journeyId}/why/${enrollmentId}`)} aria-label={t('why')}>
            <Route size={15} aria-hidden />
          </Link>
        </Tooltip>
      ),
    },
  ]
  return (
    <Table
      rowKey="enrollmentId"
      size="small"
      columns={columns}
      dataSource={[...people]}
      pagination={false}
      loading={busy}
      rowSelection={{
        selectedRowKeys: [...chosen],
        onChange: (keys) => onChoose(keys.map(Number)),
        getCheckboxProps: ({ customerId, customerName }) => ({
          'aria-label': customerName ?? customerId,
        }),
      }}
      locale={{ emptyText: <NothingFound>{empty}</NothingFound> }}
      data-testid="people-table"
    />
  )
}

function Who({ person, versions }: { person: PersonAtNode; versions: boolean }) {
  const { t } = useTranslation('people')
  const path = useBrandPath()
  const { customerId, customerName, version, control } = person
  const notes = [
    customerId,
    ...(versions ? [t('version', { version })] : []),
    ...(control ? [t('control')] : []),
  ]
  return (
    <>
      <Link className={styles.who} to={path(`customers/${encodeURIComponent(customerId)}`)}>
        {customerName ?? t('nameless')}
      </Link>
      <span className={styles.under}>{notes.join(' · ')}</span>
    </>
  )
}

function State({ person }: { person: PersonAtNode }) {
  const { t } = useTranslation('people')
  const { locale } = useLocale()
  const format = useFormat()
  const { stuck, error, attempts, until, waitsFor } = person
  if (stuck)
    return (
      <>
        <StatusDot tone="bad">{t('stuckHere')}</StatusDot>
        <span className={styles.error}>{error}</span>
        <span className={styles.under}>{t('attempts', { count: attempts })}</span>
      </>
    )
  const event = waitsFor === null ? null : t('waits', { event: sayName(waitsFor, locale) })
  const when = until === null ? t('never') : t('goesOnAt', { when: format.time(until, 'short') })
  return (
    <>
      {event ?? t('waiting')}
      <span className={styles.under} title={until === null ? undefined : format.time(until, 'full')}>
        {when}
        {attempts > 0 && error !== null ? ` · ${error}` : ''}
      </span>
    </>
  )
}
