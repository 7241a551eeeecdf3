import { Button, Input, Table, type TableColumnsType } from 'antd'
import { Ban, Download, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type BlacklistEntry, blacklistAnswer, blacklistPage } from '../../../shared/api/addresses.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Count, When } from '../../ui/figures.tsx'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import { BlacklistAdd } from './BlacklistAdd.tsx'

/** Phones, mailboxes and customers that nothing is sent to, whatever it is. */
export function Blacklist() {
  const { t } = useTranslation('optOuts')
  const [search, setSearch] = useState('')
  const [adding, setAdding] = useState(false)
  const pages = usePages('/blacklist', blacklistPage, { search: search || undefined }, 'after')
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? []
  const total = pages.data?.pages[0]?.total ?? 0
  const add = (
    <Button
      type="primary"
      icon={<Plus size={14} />}
      onClick={() => setAdding(true)}
      data-testid="blacklist-add"
    >
      {t('blacklist.add')}
    </Button>
  )
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  return (
    <>
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton rows={5} />
      ) : total === 0 && search === '' ? (
        <EmptyState icon={Ban} title={t('blacklist.empty')} text={t('blacklist.emptyText')} action={add} />
      ) : (
        <ListCard
          note={t('blacklist.count', { count: total })}
          tools={
            <>
              <Input
                allowClear
                style={{ width: 240 }}
                prefix={<Search size={14} aria-hidden />}
                placeholder={t('blacklist.search')}
                aria-label={t('blacklist.search')}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                data-testid="blacklist-search"
              />
              <Button
                icon={<Download size={14} />}
                href={api.href('/blacklist/csv')}
                data-testid="blacklist-export"
              >
                {t('blacklist.export')}
              </Button>
              {add}
            </>
          }
          more={pages.hasNextPage ? more : null}
        >
          <Entries entries={entries} />
        </ListCard>
      )}
      <BlacklistAdd open={adding} onClose={() => setAdding(false)} />
    </>
  )
}

function Entries({ entries }: { entries: readonly BlacklistEntry[] }) {
  const { t } = useTranslation('optOuts')
  const remove = useRemove()
  const columns: TableColumnsType<BlacklistEntry> = [
    { title: t('blacklist.address'), dataIndex: 'address', width: 220 },
    {
      title: t('kind.title'),
      dataIndex: 'kind',
      width: 100,
      render: (kind: BlacklistEntry['kind']) => t(`kind.${kind}`),
    },
    { title: t('blacklist.reason'), dataIndex: 'reason', render: (reason: string | null) => reason ?? '—' },
    {
      title: t('blacklist.by'),
      key: 'by',
      width: 120,
      render: (_, { source, by }) =>
        t(`by.${by === 'owner' || by === 'local' ? 'person' : source === 'file' ? 'file' : 'other'}`),
    },
    {
      title: t('at'),
      dataIndex: 'at',
      width: 120,
      render: (at: number | null) => (at === null ? '—' : <When at={at} />),
    },
    {
      title: t('blacklist.customers'),
      dataIndex: 'customers',
      width: 90,
      align: 'right',
      render: (count: number) => <Count value={count} />,
    },
    {
      key: 'remove',
      width: 90,
      render: (_, entry) => (
        <Button type="text" size="small" onClick={() => remove(entry)} data-testid="blacklist-remove">
          {t('blacklist.remove')}
        </Button>
      ),
    },
  ]
  return (
    <Table
      rowKey={({ kind, address, ref }) => ref ?? `${kind}:${address}`}
      columns={columns}
      dataSource={[...entries]}
      pagination={false}
      size="middle"
      scroll={{ x: 860 }}
      locale={{ emptyText: <NothingFound>{t('blacklist.noneFound')}</NothingFound> }}
    />
  )
}

/** Takes one off at once; a press within a few seconds puts it back. */
function useRemove(): (entry: BlacklistEntry) => void {
  const { t } = useTranslation('optOuts')
  const notice = useNotice()
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (problem) {
      notice.problem(problem)
      return false
    } finally {
      await refresh('/blacklist')
    }
  }
  return ({ kind, address, ref, reason }) => {
    const named = ref ?? address
    const path = `/blacklist/${kind}/${encodeURIComponent(named)}`
    const back = () =>
      run(() => api.post('/blacklist', blacklistAnswer, { entries: [{ kind, address: named, reason }] }))
    void run(() => api.delete(path, z.unknown())).then((gone) => {
      if (gone) notice.undoable(t('blacklist.removed', { address }), () => void back())
    })
  }
}
