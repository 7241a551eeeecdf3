import { useMutation } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ownershipList, staffList } from '../../../../shared/api/staff.ts'
import { api } from '../../../api/client.ts'
import { refresh, useApiQuery } from '../../../api/query.ts'
import { Panel } from '../../../ui/Page.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNotice } from '../../../ui/useNotice.tsx'
import type { PartProps } from '../panels.tsx'
import styles from './owners.module.css'

const ways = ['rule', 'person', 'file', 'left'] as const

/** Who has the customer, and who has had them; nothing in a brand without staff. */
export function OwnersPanel({ data: { customer } }: PartProps) {
  const { t } = useTranslation('staff')
  const format = useFormat()
  const notice = useNotice()
  const staff = useApiQuery('/staff', staffList).data?.staff ?? []
  const path = `/customers/${encodeURIComponent(customer.id)}/owners`
  const owners = useApiQuery(path, ownershipList).data?.owners ?? []
  const give = useMutation({
    mutationFn: (to: string | null) => api.put(path.replace(/s$/, ''), ownershipList, { staff: to }),
    onError: (problem) => notice.problem(problem),
    onSettled: () => Promise.all([refresh('/customers'), refresh('/staff')]),
  })
  if (staff.length === 0) return null
  const current = owners.find(({ until }) => until === null)
  const former = owners.filter(({ until }) => until !== null)
  const by = (written: string) => {
    const way = ways.find((one) => one === written)
    return way === undefined ? '' : t(`owner.by.${way}`)
  }
  return (
    <Panel title={t('owner.title')}>
      <Select
        allowClear
        style={{ width: '100%' }}
        value={current?.staff ?? null}
        loading={give.isPending}
        placeholder={t('owner.none')}
        aria-label={t('owner.choose')}
        showSearch={{ optionFilterProp: 'label' }}
        options={staff
          .filter(({ active, id }) => active || id === current?.staff)
          .map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(to: string | null | undefined) => give.mutate(to ?? null)}
        data-testid="customer-owner"
      />
      {current === undefined ? null : (
        <p className={styles.quiet}>
          {[t('owner.since', { at: format.time(current.since) }), by(current.by)].join(' · ')}
        </p>
      )}
      {former.length === 0 ? null : (
        <details className={styles.quiet}>
          <summary>{t('owner.history')}</summary>
          <ul>
            {former.map((one) => (
              <li key={`${one.staff}.${one.since}`}>
                {one.name ?? one.staff}{' '}
                {t('owner.fromTo', { from: format.time(one.since), to: format.time(one.until ?? one.since) })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}
