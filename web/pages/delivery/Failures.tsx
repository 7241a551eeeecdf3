import { Button, Table, type TableColumnsType, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/api/delivery.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Delivery.module.css'

export interface FailuresProps {
  failures: readonly Failure[]
  onExample: (id: number) => void
}

const tags = { failed: 'error', unknown: 'warning', again: 'default' } as const
type Told = keyof typeof tags
const isTold = (outcome: string): outcome is Told => Object.hasOwn(tags, outcome)

/** What went wrong today, code by code: what it means, how it is mended, and messages to look at. */
export function Failures({ failures, onExample }: FailuresProps) {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  if (failures.length === 0) return null
  const columns: TableColumnsType<Failure> = [
    {
      title: t('failures.code'),
      key: 'code',
      width: 220,
      render: (_, { code, outcome }) => (
        <span className={styles.code}>
          <code>{code}</code>
          {isTold(outcome) ? <Tag color={tags[outcome]}>{t(`failures.outcomes.${outcome}`)}</Tag> : null}
        </span>
      ),
    },
    {
      title: t('failures.what'),
      key: 'what',
      render: (_, { means, mend }) => (
        <span className={styles.what}>
          <span>{means === null ? t('failures.unsaid') : format.text(means)}</span>
          {mend === null ? null : <small>{format.text(mend)}</small>}
        </span>
      ),
    },
    {
      title: t('failures.count'),
      key: 'count',
      width: 80,
      align: 'right',
      render: (_, { count }) => format.count(count),
    },
    {
      title: t('failures.examples'),
      key: 'examples',
      width: 210,
      render: (_, { examples }) => (
        <span className={styles.examples}>
          {examples.map((id) => (
            <Button
              key={id}
              type="link"
              size="small"
              onClick={() => onExample(id)}
              aria-label={t('failures.example', { id })}
              data-testid={`example-${id}`}
            >
              #{id}
            </Button>
          ))}
        </span>
      ),
    },
  ]
  return (
    <Table
      className={styles.failures ?? ''}
      size="small"
      title={() => <strong>{t('failures.title')}</strong>}
      rowKey={({ outcome, code }) => `${outcome} ${code}`}
      columns={columns}
      dataSource={[...failures]}
      pagination={failures.length > 10 ? { pageSize: 10, size: 'small' } : false}
      scroll={{ x: 640 }}
    />
  )
}
