import { Table, type TableColumnsType } from 'antd'
import { UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type SharedAddress, sharedAddressList } from '../../../shared/api/addresses.ts'
import { asProblem } from '../../api/problem.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Count } from '../../ui/figures.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { CustomerLink } from './CustomerLink.tsx'
import styles from './OptOuts.module.css'

/** Addresses that several records bear: each is one reader. */
export function SharedAddresses() {
  const { t } = useTranslation('optOuts')
  const pages = usePages('/addresses/shared', sharedAddressList, {}, 'after')
  const rows = pages.data?.pages.flatMap(({ addresses }) => addresses) ?? []
  const total = pages.data?.pages[0]?.total ?? 0
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={5} />
  if (total === 0)
    return <EmptyState icon={UsersRound} title={t('shared.empty')} text={t('shared.emptyText')} />
  const columns: TableColumnsType<SharedAddress> = [
    { title: t('shared.address'), dataIndex: 'address', width: 200 },
    {
      title: t('kind.title'),
      dataIndex: 'kind',
      width: 100,
      render: (kind: SharedAddress['kind']) => t(`kind.${kind}`),
    },
    {
      title: t('shared.count'),
      dataIndex: 'count',
      width: 90,
      align: 'right',
      render: (count: number) => <Count value={count} />,
    },
    {
      title: t('shared.customers'),
      key: 'customers',
      render: (_, { customers }) => (
        <span className={styles.bearers}>
          {customers.map(({ id, name }) => (
            <CustomerLink key={id} id={id} name={name === null ? id : `${name} (${id})`} />
          ))}
        </span>
      ),
    },
  ]
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  return (
    <ListCard
      tools={<span>{t('shared.hint')}</span>}
      note={t('shared.total', { count: total })}
      more={pages.hasNextPage ? more : null}
    >
      <Table
        rowKey={({ kind, address, customers }) => `${kind}:${address}:${customers[0]?.id ?? ''}`}
        columns={columns}
        dataSource={rows}
        pagination={false}
        size="middle"
      />
    </ListCard>
  )
}
