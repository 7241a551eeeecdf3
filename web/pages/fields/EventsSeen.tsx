import { Table, type TableColumnsType, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { type VocabularyAnswer, vocabularyAnswer } from '../../../shared/api/customers.ts'
import { isOfType, standardEvent } from '../../../shared/conditions/standard-events.ts'
import { useApiQuery } from '../../api/query.ts'
import { Count } from '../../ui/figures.tsx'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Fields.module.css'

type Seen = VocabularyAnswer['events'][number]

/** What customers have done, by name: how often, when last, and what stands in it. */
export function EventsSeen() {
  const { t } = useTranslation('fields')
  const format = useFormat()
  const found = useApiQuery('/vocabulary', vocabularyAnswer)
  const columns: TableColumnsType<Seen> = [
    { title: t('events.name'), key: 'name', width: 270, render: (_, event) => <Name event={event} /> },
    {
      title: t('events.properties'),
      key: 'properties',
      render: (_, event) => <Properties event={event} />,
    },
    {
      title: t('events.count'),
      key: 'count',
      align: 'right',
      width: 110,
      render: (_, { count }) => <Count value={count} />,
    },
    { title: t('events.last'), key: 'last', width: 190, render: (_, { lastAt }) => format.time(lastAt) },
  ]
  if (found.error) return <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <TableSkeleton rows={4} />
  const { events } = found.data
  return (
    <ListCard note={t('events.note', { count: events.length, total: format.count(events.length) })}>
      {events.length === 0 ? (
        <NothingFound>{t('events.none')}</NothingFound>
      ) : (
        <Table
          rowKey="name"
          size="middle"
          columns={columns}
          dataSource={[...events]}
          pagination={false}
          scroll={{ x: 800 }}
          data-testid="events-seen"
        />
      )}
    </ListCard>
  )
}

function Name({ event: { name, standard } }: { event: Seen }) {
  const { t } = useTranslation('fields')
  const format = useFormat()
  const words = standardEvent(name)?.words
  return (
    <>
      <code className={styles.name}>{name}</code>
      <span className={styles.note}>
        {standard && words !== undefined ? format.text(words) : t('events.own')}
      </span>
    </>
  )
}

/** Each property with what stands in it; one that is not what the standard event calls for is marked. */
function Properties({ event: { name, properties, types } }: { event: Seen }) {
  const { t } = useTranslation('fields')
  const wanted = standardEvent(name)?.properties ?? {}
  if (properties.length === 0) return <span className={styles.dim}>–</span>
  return (
    <span className={styles.type}>
      {properties.map((property) => {
        const found = types[property] ?? []
        const asked = Object.hasOwn(wanted, property) ? wanted[property] : undefined
        const other = asked !== undefined && found.some((one) => !isOfType(one, asked))
        const words = found.map((one) => t(`events.types.${one}`)).join(' / ')
        return (
          <Tag
            key={property}
            color={other ? 'warning' : 'default'}
            title={
              other && asked !== undefined ? t('events.other', { type: t(`events.types.${asked}`) }) : ''
            }
          >
            {property} <span className={styles.dim}>{words}</span>
          </Tag>
        )
      })}
    </span>
  )
}
