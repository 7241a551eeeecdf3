import { Button, Table, type TableColumnsType } from 'antd'
import { ScanEye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type CustomerVisit, customerVisitPage } from '../../../shared/api/customer-visits.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { asProblem } from '../../api/problem.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { usePages } from '../../api/usePages.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { When } from '../../ui/figures.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Messages.module.css'
import type { PartProps } from './panels.tsx'

/** What the customer has looked at, the newest first, for how long, and where they came from. */
export function Visits({ data: { customer, counts } }: PartProps) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
  const pages = usePages(
    `/customers/${encodeURIComponent(customer.id)}/visits`,
    customerVisitPage,
    {},
    'before',
  )
  const visits = pages.data?.pages.flatMap((page) => page.visits) ?? []
  const dwell = (whole: number) => {
    const minutes = Math.floor(whole / 60)
    const seconds = whole % 60
    return minutes === 0 ? t('visits.brief', { seconds }) : t('visits.long', { minutes, seconds })
  }
  const none = (text: string | null) => text ?? '–'
  const columns: TableColumnsType<CustomerVisit> = [
    { title: t('visits.at'), dataIndex: 'at', width: 172, render: (at: number) => <When at={at} /> },
    {
      title: t('visits.page'),
      key: 'page',
      render: (_, { title, url, event }) => (
        <>
          {title ?? url ?? '–'}
          <span className={styles.under}>
            {atHead(sayName(event, locale))}
            {title === null || url === null ? null : ` · ${url}`}
          </span>
        </>
      ),
    },
    {
      title: t('visits.seconds'),
      dataIndex: 'seconds',
      align: 'right',
      width: 96,
      render: (seconds: number | null) => (seconds === null ? '–' : dwell(Math.round(seconds))),
    },
    { title: t('visits.source'), dataIndex: 'source', width: 120, render: none },
    { title: t('visits.referrer'), dataIndex: 'referrer', width: 180, ellipsis: true, render: none },
  ]
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={5} />
  if (visits.length === 0) return <NoVisits />
  return (
    <>
      <Table
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={visits}
        pagination={false}
        scroll={{ x: 760 }}
        data-testid="customer-visits"
      />
      <p className={styles.foot}>
        {t('visits.shown', { count: visits.length, total: format.count(counts.visits) })}
        {pages.hasNextPage ? (
          <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('earlier')}
          </Button>
        ) : null}
      </p>
    </>
  )
}

function NoVisits() {
  const { t } = useTranslation('customers')
  const path = useBrandPath()
  return (
    <EmptyState
      icon={ScanEye}
      title={t('visits.empty.title')}
      text={t('visits.empty.text')}
      action={
        <Link to={path('settings?tab=tracking')}>
          <Button>{t('visits.empty.action')}</Button>
        </Link>
      }
    />
  )
}
