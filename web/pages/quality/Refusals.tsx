import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { QualityRefusal } from '../../../shared/api/quality.ts'
import { Panel } from '../../ui/Page.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './QualityPage.module.css'

/** Rows that did not enter, by who brought them and why. */
export function Refusals({ refusals }: { refusals: readonly QualityRefusal[] }) {
  const { t } = useTranslation('quality')
  const format = useFormat()
  const columns: TableColumnsType<QualityRefusal> = [
    {
      title: t('refused.from'),
      key: 'from',
      width: 220,
      render: (_, { from, name }) =>
        from === 'import' ? <Link to="../import">{name}</Link> : name === '' ? t('refused.person') : name,
    },
    { title: t('refused.reason'), key: 'reason', render: (_, { reason }) => format.text(reason) },
    {
      title: t('refused.count'),
      key: 'count',
      align: 'right',
      width: 100,
      render: (_, { count }) => format.count(count),
    },
    { title: t('refused.last'), key: 'last', width: 180, render: (_, { lastAt }) => format.time(lastAt) },
  ]
  return (
    <Panel title={t('refused.title')}>
      <p className={styles.mend}>{t('refused.about')}</p>
      <Table
        rowKey={({ from, name, kind, code, importId }) => JSON.stringify([from, name, kind, code, importId])}
        size="small"
        columns={columns}
        dataSource={[...refusals]}
        pagination={false}
        scroll={{ x: 700 }}
        data-testid="refusals"
      />
    </Panel>
  )
}
