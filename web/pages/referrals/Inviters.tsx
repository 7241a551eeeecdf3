import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type ReferralReport, referralReport } from '../../../shared/api/referrals.ts'
import { asProblem } from '../../api/problem.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Count } from '../../ui/figures.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import styles from './referrals.module.css'

/** Who has brought most. */
export function Inviters({ of }: { of: string }) {
  const { t } = useTranslation('referrals')
  const path = useBrandPath()
  const query = useApiQuery(`/referrals/${encodeURIComponent(of)}/report`, referralReport)
  const columns: TableColumnsType<ReferralReport['inviters'][number]> = [
    {
      title: t('inviters.who'),
      key: 'who',
      ellipsis: true,
      render: (_, { customerId, name }) => (
        <Link to={path(`customers/${encodeURIComponent(customerId)}`)}>{name ?? customerId}</Link>
      ),
    },
    {
      title: t('inviters.joined'),
      dataIndex: 'joined',
      align: 'right',
      width: 72,
      render: (count: number) => <Count value={count} />,
    },
    {
      title: t('inviters.rewarded'),
      dataIndex: 'rewarded',
      align: 'right',
      width: 84,
      render: (count: number) => <Count value={count} />,
    },
  ]
  return (
    <Panel title={t('inviters.title')}>
      {query.error ? (
        <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : query.data?.inviters.length === 0 ? (
        <p className={styles.note}>{t('inviters.none')}</p>
      ) : (
        <Table
          rowKey="customerId"
          size="small"
          loading={query.isPending}
          columns={columns}
          dataSource={query.data?.inviters ?? []}
          pagination={false}
        />
      )}
    </Panel>
  )
}
