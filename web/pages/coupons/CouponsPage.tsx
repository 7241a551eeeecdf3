import { Alert, Button, Table, type TableColumnsType, Tag } from 'antd'
import { Plus, TicketPercent } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { couponList, type Holders, holders, type KeptCoupon } from '../../../shared/api/coupons.ts'
import { sayTerms } from '../../../shared/coupons/say.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Count, Money } from '../../ui/figures.tsx'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { CodeLook } from './CodeLook.tsx'
import styles from './coupons.module.css'

/** What the brand's coupons are worth, and how their codes fare. */
export function Component() {
  const { t } = useTranslation('coupons')
  const path = useBrandPath()
  const query = useApiQuery('/coupons', couponList)
  const create = (
    <Link to={path('coupons/new-coupon')}>
      <Button type="primary" icon={<Plus size={15} />} data-testid="new-coupon">
        {t('create')}
      </Button>
    </Link>
  )
  const some = (query.data?.coupons.length ?? 0) > 0
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={some ? create : null} />
      <div className={styles.stack}>
        <Loaded query={query} skeleton={<TableSkeleton rows={5} />}>
          {({ coupons }) =>
            coupons.length === 0 ? (
              <EmptyState
                icon={TicketPercent}
                title={t('empty.title')}
                text={t('empty.text')}
                example={t('empty.example')}
                action={create}
              />
            ) : (
              <>
                <LowAlert coupons={coupons} />
                <Coupons coupons={coupons} />
              </>
            )
          }
        </Loaded>
        <CodeLook />
        <ManyHeld />
      </div>
    </Page>
  )
}

/** Pools that run low, before customers find them empty. */
function LowAlert({ coupons }: { coupons: readonly KeptCoupon[] }) {
  const { t } = useTranslation('coupons')
  const { locale } = useLocale()
  const format = useFormat()
  const low = coupons.filter(({ figures }) => figures.low)
  if (low.length === 0) return null
  const names = low.map(
    ({ coupon, figures }) => `${format.text(coupon.name)} (${format.count(figures.remaining)})`,
  )
  return (
    <Alert
      type="warning"
      showIcon
      title={t('lowAlert', { names: names.join(locale === 'en' ? ', ' : '、') })}
      description={t('lowText')}
      data-testid="coupons-low"
    />
  )
}

function Coupons({ coupons }: { coupons: readonly KeptCoupon[] }) {
  const { t } = useTranslation('coupons')
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = coupons.filter(({ coupon: { key, name } }) =>
    `${name['zh-CN'] ?? ''} ${name.en ?? ''} ${key}`.toLowerCase().includes(wanted),
  )
  return (
    <ListCard
      note={t('count', { count: found.length })}
      tools={<SearchBox label={t('search')} value={search} onChange={setSearch} />}
    >
      {found.length === 0 ? <NothingFound>{t('none')}</NothingFound> : <CouponsTable coupons={found} />}
    </ListCard>
  )
}

function CouponsTable({ coupons }: { coupons: readonly KeptCoupon[] }) {
  const { t } = useTranslation('coupons')
  const { locale } = useLocale()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const columns: TableColumnsType<KeptCoupon> = [
    {
      title: t('columns.name'),
      key: 'name',
      render: (_, { coupon: { key, name, open } }) => (
        <>
          <Link to={path(`coupons/${key}`)}>{format.text(name)}</Link>
          {open ? null : <Tag className={styles.flag ?? ''}>{t('closed')}</Tag>}
          <div className={styles.key}>{key}</div>
        </>
      ),
    },
    {
      title: t('columns.terms'),
      key: 'terms',
      width: 190,
      render: (_, { coupon }) => sayTerms(coupon, locale, format.currency),
    },
    {
      title: t('columns.remaining'),
      key: 'remaining',
      align: 'right',
      width: 120,
      render: (_, { coupon: { supply }, figures: { remaining, low } }) =>
        supply === 'made' ? (
          <span className={styles.key}>{t('made')}</span>
        ) : (
          <span className={low ? styles.low : undefined} title={low ? t('low') : undefined}>
            {format.count(remaining)}
          </span>
        ),
    },
    ...(['handedOut', 'redeemed', 'expired'] as const).map((name) => ({
      title: t(`columns.${name}`),
      key: name,
      align: 'right' as const,
      width: 130,
      render: (_: unknown, { figures }: KeptCoupon) => <Count value={figures[name]} />,
    })),
    {
      title: t('columns.rate'),
      key: 'rate',
      align: 'right',
      width: 110,
      render: (_, { figures: { handedOut, redeemed } }) =>
        handedOut === 0 ? '–' : format.share(redeemed / handedOut),
    },
  ]
  return (
    <Table
      rowKey={({ coupon }) => coupon.key}
      size="middle"
      columns={columns}
      dataSource={[...coupons]}
      pagination={false}
      scroll={{ x: 1000 }}
      onRow={({ coupon }) => ({
        onClick: () => void navigate(path(`coupons/${coupon.key}`)),
        style: { cursor: 'pointer' },
      })}
      data-testid="coupons-table"
    />
  )
}

/** Persons with many coupons; nothing where there are none. */
function ManyHeld() {
  const { t } = useTranslation('coupons')
  const path = useBrandPath()
  const query = useApiQuery('/coupons/holders', holders)
  const found = query.data?.holders ?? []
  if (found.length === 0) return null
  const columns: TableColumnsType<Holders['holders'][number]> = [
    {
      title: t('holders.customer'),
      key: 'customer',
      render: (_, { customerId, name }) => (
        <>
          <Link to={path(`customers/${encodeURIComponent(customerId)}?tab=coupons`)}>
            {name ?? customerId}
          </Link>
          <div className={styles.key}>{customerId}</div>
        </>
      ),
    },
    { title: t('holders.codes'), dataIndex: 'codes', align: 'right', width: 120 },
    { title: t('holders.redeemed'), dataIndex: 'redeemed', align: 'right', width: 120 },
    {
      title: t('holders.value'),
      dataIndex: 'value',
      align: 'right',
      width: 160,
      render: (value: number) => <Money minor={value} />,
    },
  ]
  return (
    <Panel title={t('holders.title')}>
      <p className={styles.note}>{t('holders.about')}</p>
      <Table
        rowKey="customerId"
        size="small"
        columns={columns}
        dataSource={found}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 560 }}
        data-testid="coupon-holders"
      />
    </Panel>
  )
}
