import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ImportAnswer, importList } from '../../../shared/api/imports.ts'
import { useApiQuery } from '../../api/query.ts'
import { When } from '../../ui/figures.tsx'
import { Panel } from '../../ui/Page.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { CannotBeRead } from '../CannotBeRead.tsx'
import styles from './ImportPage.module.css'
import { DownloadRejected } from './LeftOut.tsx'

/** What was imported before, newest first; nothing is shown where there is nothing. */
export function EarlierImports({ hidden }: { hidden: ReadonlySet<string> }) {
  const { t } = useTranslation('import')
  const { imports = [], unreadable = [] } = useApiQuery('/imports', importList).data ?? {}
  const earlier = imports.filter(({ id }) => !hidden.has(id))
  const columns: TableColumnsType<ImportAnswer> = [
    {
      title: t('earlier.at'),
      dataIndex: 'startedAt',
      width: 190,
      render: (at: number) => <When at={at} />,
    },
    { title: t('earlier.file'), dataIndex: 'file', ellipsis: true },
    {
      title: t('earlier.kind'),
      dataIndex: 'kind',
      width: 100,
      render: (kind: ImportAnswer['kind']) => t(`kinds.${kind}`),
    },
    { title: t('earlier.result'), key: 'result', width: 360, render: (_, one) => <Result one={one} /> },
    {
      key: 'rejected',
      width: 160,
      align: 'right',
      render: (_, { id, rejected, cells, passed }) =>
        rejected + cells + passed > 0 ? <DownloadRejected id={id} short /> : null,
    },
  ]
  if (earlier.length + unreadable.length === 0) return null
  return (
    <Panel title={t('earlier.title')}>
      <Table
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={earlier}
        pagination={earlier.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        scroll={{ x: 820 }}
      />
      {unreadable.map(({ id, reason }) => (
        <p key={id}>
          {id.slice(0, 8)} <CannotBeRead reason={reason} />
        </p>
      ))}
    </Panel>
  )
}

function Result({ one }: { one: ImportAnswer }) {
  const { t } = useTranslation('import')
  const format = useFormat()
  if (one.state === 'running') return <StatusDot tone="busy">{t('earlier.running')}</StatusDot>
  if (one.state === 'failed') return <StatusDot tone="bad">{t('earlier.failed')}</StatusDot>
  const { imported, updated, unchanged, rejected, cells } = one
  return (
    <span className={styles.result}>
      {t('earlier.counts', {
        imported: format.count(imported),
        updated: format.count(updated),
        unchanged: format.count(unchanged),
      })}
      {cells > 0 ? (
        <StatusDot tone="warn">
          {t('earlier.cells', { count: cells, replace: { count: format.count(cells) } })}
        </StatusDot>
      ) : null}
      {rejected > 0 ? (
        <StatusDot tone="warn">
          {t('earlier.rejected', { count: rejected, replace: { count: format.count(rejected) } })}
        </StatusDot>
      ) : null}
    </span>
  )
}
