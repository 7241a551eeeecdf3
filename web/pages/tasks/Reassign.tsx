import { useMutation } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { staffList } from '../../../shared/api/staff.ts'
import { type Task, taskDecided } from '../../../shared/api/tasks.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { whoseOf } from './standing.tsx'

/** Whose an open task is, to be given to another of the staff, or back to whoever takes it. */
export function Reassign({ task }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const notice = useNotice()
  const staff = useApiQuery('/staff', staffList).data?.staff.filter(({ active }) => active) ?? []
  const give = useMutation({
    mutationFn: (to: string | null) =>
      api.post(`/tasks/${encodeURIComponent(task.id)}/assign`, taskDecided, { staff: to }),
    onSuccess: () => notice.done(t('reassigned')),
    onError: (problem) => notice.problem(problem),
    onSettled: () => Promise.all([refresh('/tasks'), refresh('/staff')]),
  })
  const name = whoseOf(task, t)
  // Whoever has left meanwhile is still shown as whose it is.
  const known = staff.map(({ id, name: label }) => ({ value: id, label }))
  const own = task.staff
  const gone = own === null || known.some(({ value }) => value === own.id)
  return (
    <Select
      allowClear={own !== null}
      size="small"
      style={{ width: '100%' }}
      value={own?.id ?? null}
      placeholder={name}
      loading={give.isPending}
      disabled={give.isPending}
      aria-label={t('reassign', { name })}
      showSearch={{ optionFilterProp: 'label' }}
      options={gone ? known : [...known, { value: own.id, label: own.name }]}
      onChange={(to: string | null | undefined) => give.mutate(to ?? null)}
      data-testid="task-whose-staff"
    />
  )
}
