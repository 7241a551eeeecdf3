import { Button, Dropdown, Select, Space } from 'antd'
import {
  Ban,
  ChevronDown,
  ContactRound,
  FileDown,
  FileUp,
  Package,
  ShieldCheck,
  TableProperties,
  UsersRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type ContactsShown, contactsShown } from '../../../shared/api/contacts.ts'
import type { CustomerOrder } from '../../../shared/api/customer-sort.ts'
import { audienceList, customerList, vocabularyAnswer } from '../../../shared/api/customers.ts'
import { api, queryString } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { useApiQuery } from '../../api/query.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { CustomersTable } from './CustomersTable.tsx'
import { orderOf, sortAsked } from './order.ts'
import { SortSelect } from './SortSelect.tsx'

/** Everyone the brand knows, to be searched and filtered. */
export function Component() {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const [asked, setFilter] = useFilters(['search', 'audience', 'tag', 'sort'])
  const order = orderOf(asked.sort, asked.audience)
  const filters = { ...asked, sort: sortAsked(order) }
  const pages = usePages('/customers', customerList, filters, 'after')
  const found = pages.data?.pages.flatMap(({ customers }) => customers) ?? []
  const total = pages.data?.pages[0]?.total ?? 0
  const filtered = Boolean(filters.search || filters.audience || filters.tag)
  const setOrder = (next: CustomerOrder) => setFilter('sort', sortAsked(next))
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={<Actions />} />
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton rows={10} />
      ) : total === 0 && !filtered && !pages.isPlaceholderData ? (
        <NoCustomers />
      ) : (
        <ListCard
          note={t('count', { count: total, total: format.count(total) })}
          tools={
            <>
              <Tools filters={filters} onChange={setFilter} />
              <SortSelect order={order} ofAudience={Boolean(filters.audience)} onChange={setOrder} />
              <ExportMenu filters={filters} disabled={total === 0} />
            </>
          }
          more={pages.hasNextPage ? more : null}
        >
          <CustomersTable customers={found} busy={pages.isPlaceholderData} order={order} onOrder={setOrder} />
        </ListCard>
      )}
    </Page>
  )
}

type Filter = 'search' | 'audience' | 'tag'

/** As a file: with masked phones and mailboxes at one press, whole where somebody chooses so. */
function ExportMenu({ filters, disabled }: Pick<ToolsProps, 'filters'> & { disabled: boolean }) {
  const { t } = useTranslation('customers')
  const { search, audience, tag } = filters
  const file = (contacts: ContactsShown) =>
    api.href(`/export/customers.csv${queryString({ search, audience, tag, contacts })}`)
  const items = contactsShown.options.map((contacts) => ({
    key: contacts,
    label: (
      <a href={file(contacts)} download>
        {t(`exports.${contacts}`)}
      </a>
    ),
  }))
  return (
    <Space.Compact>
      <Button
        icon={<FileDown size={14} />}
        disabled={disabled}
        href={file('masked')}
        download
        data-testid="export-customers"
      >
        {t('export')}
      </Button>
      <Dropdown menu={{ items }} trigger={['click']} disabled={disabled}>
        <Button
          icon={<ChevronDown size={14} />}
          aria-label={t('exports.choose')}
          data-testid="export-choose"
        />
      </Dropdown>
    </Space.Compact>
  )
}

interface ToolsProps {
  filters: Readonly<Record<Filter, string | undefined>>
  onChange: (filter: Filter, value: string | undefined) => void
}

function Tools({ filters, onChange }: ToolsProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const audiences = useApiQuery('/audiences', audienceList).data?.audiences ?? []
  const tags = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 60_000 }).data?.tags ?? []
  return (
    <>
      <SearchBox
        label={t('search')}
        data-testid="customer-search"
        value={filters.search ?? ''}
        onChange={(value) => onChange('search', value)}
      />
      <Select
        allowClear
        style={{ width: 190 }}
        placeholder={t('allAudiences')}
        aria-label={t('allAudiences')}
        value={filters.audience ?? null}
        showSearch={{ optionFilterProp: 'label' }}
        options={audiences.map(({ key, name }) => ({ value: key, label: format.text(name) }))}
        onChange={(value: string | null | undefined) => onChange('audience', value ?? undefined)}
        data-testid="filter-audience"
      />
      {tags.length > 0 || filters.tag ? (
        <Select
          allowClear
          style={{ width: 150 }}
          placeholder={t('allTags')}
          aria-label={t('allTags')}
          value={filters.tag ?? null}
          showSearch
          options={tags.map((tag) => ({ value: tag, label: tag }))}
          onChange={(value: string | null | undefined) => onChange('tag', value ?? undefined)}
          data-testid="filter-tag"
        />
      ) : null}
    </>
  )
}

function Actions() {
  const { t } = useTranslation('customers')
  return (
    <Space>
      <Link to="../fields">
        <Button icon={<TableProperties size={14} />} data-testid="go-fields">
          {t('fields')}
        </Button>
      </Link>
      <Link to="../quality">
        <Button icon={<ShieldCheck size={14} />} data-testid="go-quality">
          {t('quality')}
        </Button>
      </Link>
      <Link to="../products">
        <Button icon={<Package size={14} />} data-testid="go-products">
          {t('products')}
        </Button>
      </Link>
      <Link to="duplicates">
        <Button icon={<UsersRound size={14} />} data-testid="go-duplicates">
          {t('duplicates')}
        </Button>
      </Link>
      <Link to="../do-not-contact">
        <Button icon={<Ban size={14} />} data-testid="go-opt-outs">
          {t('doNotContact')}
        </Button>
      </Link>
      <ImportLink />
    </Space>
  )
}

function ImportLink() {
  const { t } = useTranslation('customers')
  return (
    <Link to="../import">
      <Button icon={<FileUp size={14} />} data-testid="go-import">
        {t('import')}
      </Button>
    </Link>
  )
}

function NoCustomers() {
  const { t } = useTranslation('customers')
  return (
    <EmptyState
      icon={ContactRound}
      title={t('empty.title')}
      text={t('empty.text')}
      example={t('empty.example')}
      action={
        <Link to="../import">
          <Button type="primary">{t('empty.action')}</Button>
        </Link>
      }
    />
  )
}
