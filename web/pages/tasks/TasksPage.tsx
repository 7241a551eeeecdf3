import { Segmented, Select } from 'antd'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { journeyList } from '../../../shared/api/journeys.ts'
import { type TaskStatus, taskList, taskStatuses } from '../../../shared/api/tasks.ts'
import { asProblem } from '../../api/problem.ts'
import { useApiQuery } from '../../api/query.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { DecideModal, type Pressed } from './DecideModal.tsx'
import { TasksTable } from './TasksTable.tsx'

const keys = ['status', 'journey'] as const
type Filter = (typeof keys)[number]

/** What waits for a colleague, who decides with a button; and what has been decided. */
export function Component() {
  const { t } = useTranslation('tasks')
  const [filters, setFilter] = useFilters(keys)
  const [pressed, setPressed] = useState<Pressed | null>(null)
  const status = taskStatuses.find((one) => one === filters.status) ?? 'open'
  const pages = usePages('/tasks', taskList, { ...filters, status }, 'after')
  const tasks = pages.data?.pages.flatMap((page) => page.tasks) ?? []
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton rows={6} />
      ) : (
        <ListCard
          tools={
            <Tools
              open={pages.data.pages[0]?.open ?? 0}
              status={status}
              journey={filters.journey}
              onChange={setFilter}
            />
          }
          more={pages.hasNextPage ? more : null}
        >
          {tasks.length > 0 ? (
            <TasksTable tasks={tasks} busy={pages.isPlaceholderData} onPress={setPressed} />
          ) : (
            <Nothing status={status} filtered={filters.journey !== undefined} />
          )}
        </ListCard>
      )}
      <DecideModal pressed={pressed} onClose={() => setPressed(null)} />
    </Page>
  )
}

function Nothing({ status, filtered }: { status: TaskStatus; filtered: boolean }) {
  const { t } = useTranslation('tasks')
  if (filtered || status !== 'open') return <NothingFound>{t('noneFound')}</NothingFound>
  return <EmptyState icon={CircleCheck} title={t('empty')} text={t('emptyText')} example={t('example')} />
}

interface ToolsProps {
  open: number
  status: TaskStatus
  journey: string | undefined
  onChange: (filter: Filter, value: string | undefined) => void
}

function Tools({ open, status, journey, onChange }: ToolsProps) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  const journeys = useApiQuery('/journeys', journeyList).data?.journeys ?? []
  return (
    <>
      <Segmented
        options={taskStatuses.map((one) => ({
          value: one,
          label:
            one === 'open' && open > 0
              ? `${t(`statuses.${one}`)} ${format.count(open)}`
              : t(`statuses.${one}`),
        }))}
        value={status}
        onChange={(value) => onChange('status', value === 'open' ? undefined : value)}
        data-testid="task-status"
      />
      <Select
        allowClear
        style={{ width: 200 }}
        placeholder={t('allJourneys')}
        aria-label={t('allJourneys')}
        value={journey ?? null}
        showSearch={{ optionFilterProp: 'label' }}
        options={journeys.map(({ id, name }) => ({ value: id, label: format.text(name) }))}
        onChange={(value: string | null | undefined) => onChange('journey', value ?? undefined)}
      />
    </>
  )
}
