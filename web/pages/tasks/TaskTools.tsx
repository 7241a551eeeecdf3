import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { journeyList } from '../../../shared/api/journeys.ts'
import { staffList } from '../../../shared/api/staff.ts'
import { type TaskStatus, taskStatuses } from '../../../shared/api/tasks.ts'
import { useApiQuery } from '../../api/query.ts'
import { useSystem } from '../../api/system.ts'
import { useFormat } from '../../ui/useFormat.ts'

/** What stands in the address of the page. */
export const taskFilters = ['status', 'journey', 'whose', 'staff'] as const
export type TaskFilter = (typeof taskFilters)[number]

export interface TaskToolsProps {
  open: number
  status: TaskStatus
  filters: Readonly<Record<TaskFilter, string | undefined>>
  onChange: (filter: TaskFilter, value: string | undefined) => void
}

/** Which tasks are shown: by how they stand, whose they are, and of which journey. */
export function TaskTools({ open, status, filters, onChange }: TaskToolsProps) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  const { staff } = useSystem()
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
      {staff === null ? (
        <Everybodys filters={filters} onChange={onChange} />
      ) : (
        <Segmented
          options={(['mine', 'team', 'all'] as const).map((one) => ({
            value: one,
            label: t(`whose.${one}`),
          }))}
          value={filters.whose ?? 'mine'}
          onChange={(value) => onChange('whose', value === 'mine' ? undefined : value)}
          data-testid="task-whose"
        />
      )}
    </>
  )
}

/** Whoever sees all may look for those of one of the staff, or of one journey. */
function Everybodys({ filters, onChange }: Pick<TaskToolsProps, 'filters' | 'onChange'>) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  const journeys = useApiQuery('/journeys', journeyList).data?.journeys ?? []
  const staff = useApiQuery('/staff', staffList).data?.staff ?? []
  return (
    <>
      <Select
        allowClear
        style={{ width: 200 }}
        placeholder={t('allJourneys')}
        aria-label={t('allJourneys')}
        value={filters.journey ?? null}
        showSearch={{ optionFilterProp: 'label' }}
        options={journeys.map(({ id, name }) => ({ value: id, label: format.text(name) }))}
        onChange={(value: string | null | undefined) => onChange('journey', value ?? undefined)}
      />
      {staff.length === 0 ? null : (
        <Select
          allowClear
          style={{ width: 160 }}
          placeholder={t('allStaff')}
          aria-label={t('allStaff')}
          value={filters.staff ?? null}
          showSearch={{ optionFilterProp: 'label' }}
          options={staff.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value: string | null | undefined) => onChange('staff', value ?? undefined)}
        />
      )}
    </>
  )
}
