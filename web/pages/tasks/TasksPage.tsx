import { Grid } from 'antd'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type TaskStatus, taskList, taskStatuses } from '../../../shared/api/tasks.ts'
import { asProblem } from '../../api/problem.ts'
import { useSystem } from '../../api/system.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { DecideModal, type Pressed } from './DecideModal.tsx'
import { TaskCards } from './TaskCards.tsx'
import { TasksTable } from './TasksTable.tsx'
import { type TaskFilter, TaskTools, taskFilters } from './TaskTools.tsx'

/** Whose tasks are asked for: a staff login's own first; of one of the staff, where one is chosen. */
function whoseOf(filters: Readonly<Record<TaskFilter, string | undefined>>, isStaff: boolean) {
  if (isStaff) return { whose: filters.whose ?? 'mine' }
  return filters.staff === undefined ? {} : { whose: 'mine', staff: filters.staff }
}

/** What waits for somebody: a decision, or something that one of the staff is to do. On a phone as cards. */
export function Component() {
  const { t } = useTranslation('tasks')
  const { staff } = useSystem()
  const wide = Grid.useBreakpoint().lg === true
  const [filters, setFilter] = useFilters(taskFilters)
  const [pressed, setPressed] = useState<Pressed | null>(null)
  const status = taskStatuses.find((one) => one === filters.status) ?? 'open'
  const asked = { journey: filters.journey, status, ...whoseOf(filters, staff !== null) }
  const pages = usePages('/tasks', taskList, asked, 'after')
  const tasks = pages.data?.pages.flatMap((page) => page.tasks) ?? []
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  const filtered = filters.journey !== undefined || filters.staff !== undefined
  return (
    <Page>
      <PageHeader title={t('title')} about={staff === null ? t('about') : undefined} />
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton rows={6} />
      ) : (
        <ListCard
          tools={
            <TaskTools
              open={pages.data.pages[0]?.open ?? 0}
              status={status}
              filters={filters}
              onChange={setFilter}
            />
          }
          more={pages.hasNextPage ? more : null}
        >
          {tasks.length === 0 ? (
            <Nothing status={status} filtered={filtered} isStaff={staff !== null} />
          ) : wide && staff === null ? (
            <TasksTable tasks={tasks} busy={pages.isPlaceholderData} onPress={setPressed} />
          ) : (
            <TaskCards tasks={tasks} onPress={setPressed} />
          )}
        </ListCard>
      )}
      <DecideModal pressed={pressed} onClose={() => setPressed(null)} />
    </Page>
  )
}

function Nothing({ status, filtered, isStaff }: { status: TaskStatus; filtered: boolean; isStaff: boolean }) {
  const { t } = useTranslation('tasks')
  if (filtered || status !== 'open') return <NothingFound>{t('noneFound')}</NothingFound>
  if (isStaff) return <NothingFound>{t('allDone')}</NothingFound>
  return <EmptyState icon={CircleCheck} title={t('empty')} text={t('emptyText')} example={t('example')} />
}
