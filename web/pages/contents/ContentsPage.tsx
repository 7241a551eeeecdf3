import { Button, Table, type TableColumnsType, Tag } from 'antd'
import { Images, LibraryBig, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { contentList, type KeptContent } from '../../../shared/api/contents.ts'
import { kindNames } from '../../../shared/contents/fields.ts'
import { labelEntries } from '../../../shared/contents/labels.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Near } from '../journeys/Near.tsx'
import styles from './contents.module.css'
import { labelsUsed } from './draft.ts'

/** The library: what messages show each customer in the variant that is for them. */
export function Component() {
  const { t } = useTranslation('contents')
  const path = useBrandPath()
  const query = useApiQuery('/contents', contentList)
  const create = (
    <Link to={path('contents/new-content')}>
      <Button type="primary" icon={<Plus size={15} />} data-testid="new-content">
        {t('create')}
      </Button>
    </Link>
  )
  const some = (query.data?.contents.length ?? 0) > 0
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <Link to={path('assets')}>
              <Button icon={<Images size={15} />} data-testid="to-assets">
                {t('toAssets')}
              </Button>
            </Link>
            {some ? create : null}
          </>
        }
      />
      <Loaded query={query} skeleton={<TableSkeleton rows={5} />}>
        {({ contents }) =>
          contents.length === 0 ? (
            <EmptyState
              icon={LibraryBig}
              title={t('empty.title')}
              text={t('empty.text')}
              example={t('empty.example', { name: '{{ content.greeting }}' })}
              action={create}
            />
          ) : (
            <Contents contents={contents} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Contents({ contents }: { contents: readonly KeptContent[] }) {
  const { t } = useTranslation('contents')
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = contents.filter(({ content: { key, name } }) =>
    `${name['zh-CN'] ?? ''} ${name.en ?? ''} ${key}`.toLowerCase().includes(wanted),
  )
  return (
    <ListCard
      note={t('count', { count: found.length })}
      tools={<SearchBox label={t('search')} value={search} onChange={setSearch} />}
    >
      {found.length === 0 ? <NothingFound>{t('none')}</NothingFound> : <ContentsTable contents={found} />}
    </ListCard>
  )
}

function ContentsTable({ contents }: { contents: readonly KeptContent[] }) {
  const { t } = useTranslation('contents')
  const { locale } = useLocale()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const columns: TableColumnsType<KeptContent> = [
    {
      title: t('columns.name'),
      key: 'name',
      render: (_, { content: { key, name } }) => (
        <>
          <Link to={path(`contents/${key}`)}>{format.text(name)}</Link>
          <div className={styles.key}>{`content.${key}`}</div>
        </>
      ),
    },
    {
      title: t('columns.kind'),
      key: 'kind',
      width: 110,
      render: (_, { content }) => <Tag>{kindNames[content.kind][locale]}</Tag>,
    },
    {
      title: t('columns.variants'),
      key: 'variants',
      width: 150,
      render: (_, { content: { variants } }) =>
        variants.length === 0 ? t('onlyDefault') : t('variantCount', { count: variants.length }),
    },
    {
      title: t('columns.labels'),
      key: 'labels',
      width: 220,
      render: (_, { content }) =>
        labelsUsed(content)
          .map((label) => labelEntries[label].name[locale])
          .join(' · ') || '–',
    },
    {
      title: t('columns.updated'),
      dataIndex: 'updatedAt',
      width: 140,
      render: (at: number) => <Near at={at} />,
    },
  ]
  return (
    <Table
      rowKey={({ content }) => content.key}
      size="middle"
      columns={columns}
      dataSource={[...contents]}
      pagination={false}
      scroll={{ x: 760 }}
      onRow={({ content }) => ({
        onClick: () => void navigate(path(`contents/${content.key}`)),
        style: { cursor: 'pointer' },
      })}
      data-testid="contents-table"
    />
  )
}
