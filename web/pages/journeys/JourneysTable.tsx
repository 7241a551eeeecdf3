import { Button, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JourneySummary } from '../../../shared/api/journeys.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Count } from '../../ui/figures.tsx'
import { NothingFound } from '../../ui/ListCard.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { JourneyMenu } from './JourneyMenu.tsx'
import styles from './JourneysTable.module.css'
import { Near } from './Near.tsx'
import { JourneyStatusBadge } from './StatusBadge.tsx'
import { useJourneyActions } from './useJourneyActions.ts'

/** The journeys, one a row; the name opens the canvas. */
export function JourneysTable({ journeys }: { journeys: readonly JourneySummary[] }) {
  const { t } = useTranslation('journeys')
  const number = (key: 'entered' | 'sent', width: number) => ({
    title: t(`columns.${key}`),
    dataIndex: key,
    align: 'right' as const,
    width,
    render: (value: number) => <Figure value={value} />,
  })
  const columns: TableColumnsType<JourneySummary> = [
    {
      title: t('columns.name'),
      key: 'name',
      ellipsis: true,
      render: (_, journey) => <Name journey={journey} />,
    },
    {
      title: t('columns.status'),
      key: 'status',
      width: 124,
      render: (_, { status, breaker, unreadable }) => (
        <JourneyStatusBadge status={status} breaker={breaker} unreadable={unreadable} />
      ),
    },
    {
      title: t('columns.inFlight'),
      key: 'inFlight',
      align: 'right',
      width: 140,
      render: (_, journey) => <InFlight journey={journey} />,
    },
    number('entered', 100),
    number('sent', 104),
    {
      title: t('columns.next'),
      key: 'next',
      width: 176,
      render: (_, { nextFiringAt: at }) => (at === null ? <Dash /> : <Near at={at} />),
    },
    {
      title: t('columns.updated'),
      key: 'updated',
      width: 150,
      render: (_, { updatedAt }) => <Near at={updatedAt} />,
    },
    {
      key: 'menu',
      fixed: 'end',
      width: 52,
      align: 'right',
      render: (_, journey) => <JourneyMenu journey={journey} />,
    },
  ]
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={[...journeys]}
      pagination={false}
      scroll={{ x: 960 }}
      locale={{ emptyText: <NothingFound>{t('noneFound')}</NothingFound> }}
      onRow={({ id }) => rowOf(id)}
      data-testid="journeys-table"
    />
  )
}

/** Tests find a row by its journey. */
const rowOf = (id: string) => ({ className: '', 'data-testid': `journey-${id}` })

function Name({ journey }: { journey: JourneySummary }) {
  const { t } = useTranslation('journeys')
  const format = useFormat()
  const path = useBrandPath()
  const { id, liveVersion, changed } = journey
  const name = format.text(journey.name)
  return (
    <>
      <Link to={path(`journeys/${id}`)} className={styles.name} title={name}>
        {name}
      </Link>
      <span className={styles.under}>
        {liveVersion === null ? t('neverPublished') : t('version', { version: liveVersion })}
        {liveVersion !== null && changed ? <span className={styles.changed}>{t('changed')}</span> : null}
      </span>
    </>
  )
}

/** Those under way and, beneath, those who are stuck with the way to let them go on. */
function InFlight({ journey }: { journey: JourneySummary }) {
  const { t } = useTranslation('journeys')
  const { retry } = useJourneyActions()
  return (
    <div className={styles.column}>
      <Figure value={journey.inFlight} />
      {journey.stuck > 0 ? (
        <div className={styles.stuck}>
          {t('stuck', { count: journey.stuck })}
          <Button
            type="link"
            size="small"
            aria-label={t('retry')}
            onClick={() => void retry(journey)}
            data-testid={`retry-${journey.id}`}
          >
            {t('retryShort')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function Figure({ value }: { value: number }) {
  return value === 0 ? <span className={styles.dim}>0</span> : <Count value={value} />
}

function Dash() {
  return <span className={styles.dim}>–</span>
}
