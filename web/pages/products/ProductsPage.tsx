import { Button, Select, Table, type TableColumnsType } from 'antd'
import { ArrowLeft, FileUp, Package } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Product, productList } from '../../../shared/api/products.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Count, Money } from '../../ui/figures.tsx'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { PicksNote } from './PicksNote.tsx'
import styles from './Products.module.css'

const noImage = (
  <span className={styles.picture}>
    <Package size={18} strokeWidth={1.6} aria-hidden />
  </span>
)

const keys = ['search', 'category'] as const

/** What the brand sells, as its shop has sent it. */
export function Component() {
  const { t } = useTranslation('products')
  const format = useFormat()
  const [filters, setFilter] = useFilters(keys)
  const pages = usePages('/products', productList, filters, 'after')
  const products = pages.data?.pages.flatMap((page) => page.products) ?? []
  const [first] = pages.data?.pages ?? []
  const filtered = keys.some((key) => filters[key] !== undefined)
  const byFile = (
    <Link to="../import">
      <Button icon={<FileUp size={14} />}>{t('byFile')}</Button>
    </Link>
  )
  const actions = (
    <>
      <Link to="../customers">
        <Button icon={<ArrowLeft size={14} />}>{t('back')}</Button>
      </Link>
      {byFile}
    </>
  )
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={actions} />
      {products.length === 0 && !filtered ? null : <PicksNote />}
      {pages.error ? (
        <ProblemAlert problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : first === undefined ? (
        <TableSkeleton rows={8} />
      ) : products.length === 0 && !filtered ? (
        <EmptyState icon={Package} title={t('empty.title')} text={t('empty.text')} action={byFile} />
      ) : (
        <ListCard
          note={t('count', { count: first.total, total: format.count(first.total) })}
          tools={
            <>
              <SearchBox
                label={t('search')}
                value={filters.search ?? ''}
                onChange={(value) => setFilter('search', value || undefined)}
              />
              <Select
                allowClear
                style={{ width: 180 }}
                placeholder={t('allCategories')}
                aria-label={t('allCategories')}
                value={filters.category ?? null}
                options={first.categories.map((value) => ({ value, label: value }))}
                onChange={(value: string | null | undefined) => setFilter('category', value ?? undefined)}
              />
            </>
          }
          more={pages.hasNextPage ? more : null}
        >
          {products.length === 0 ? (
            <NothingFound>{t('none')}</NothingFound>
          ) : (
            <ProductsTable products={products} />
          )}
        </ListCard>
      )}
    </Page>
  )
}

function ProductsTable({ products }: { products: readonly Product[] }) {
  const { t } = useTranslation('products')
  const columns: TableColumnsType<Product> = [
    { title: t('columns.title'), key: 'title', render: (_, one) => <Title product={one} /> },
    {
      title: t('columns.category'),
      key: 'category',
      width: 160,
      render: (_, { category }) => category ?? '–',
    },
    {
      title: t('columns.price'),
      key: 'price',
      align: 'right',
      width: 140,
      render: (_, { price }) => (price === null ? '–' : <Money minor={price} />),
    },
    {
      title: t('columns.stock'),
      key: 'stock',
      align: 'right',
      width: 120,
      render: (_, { stock }) => (stock === null ? '–' : <Count value={stock} />),
    },
    {
      title: t('columns.others'),
      key: 'others',
      ellipsis: true,
      width: 260,
      render: (_, { attributes }) =>
        Object.entries(attributes)
          .map(([name, value]) => `${name} ${String(value)}`)
          .join(' · ') || '–',
    },
  ]
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={[...products]}
      pagination={false}
      scroll={{ x: 900 }}
      data-testid="products-table"
    />
  )
}

/** The picture, and the title as the way to the shop. */
function Title({ product: { id, title, image, link } }: { product: Product }) {
  return (
    <span className={styles.title}>
      {image === null ? noImage : <Picture className={styles.picture} src={image} alt="" instead={noImage} />}
      <span>
        {link === null ? (
          (title ?? id)
        ) : (
          <a href={link} target="_blank" rel="noreferrer">
            {title ?? id}
          </a>
        )}
        <small>{id}</small>
      </span>
    </span>
  )
}
