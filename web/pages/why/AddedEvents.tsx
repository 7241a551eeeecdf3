import { AutoComplete, Button } from 'antd'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { vocabularyAnswer } from '../../../shared/api/customers.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useApiQuery } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { MoneyInput } from '../../ui/fields/inputs.tsx'
import { atHead } from '../../ui/sentence.ts'
import type { AddedEvent } from './changes.ts'
import { MomentInput } from './MomentInput.tsx'
import type { WhatIfFieldsProps } from './WhatIfFields.tsx'
import styles from './Why.module.css'

let serial = 0

/** A number that tells rows of the form apart. */
export function nextRow(): number {
  serial += 1
  return serial
}

/** What the customer had done besides. */
export function AddedEvents({ why, changes, onChange }: WhatIfFieldsProps) {
  const { t } = useTranslation('why')
  const { locale } = useLocale()
  const known = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 300_000 }).data?.events ?? []
  const { added } = changes
  const put = (next: readonly AddedEvent[]) => onChange({ ...changes, added: next })
  const edit = (id: number, more: Partial<AddedEvent>) =>
    put(added.map((one) => (one.id === id ? { ...one, ...more } : one)))
  const options = known.map(({ name }) => ({ value: name, label: atHead(sayName(name, locale)) }))
  return (
    <>
      {added.map(({ id, name, at, amount }) => (
        <div key={id} className={styles.event}>
          <div className={styles.row}>
            <AutoComplete
              className={styles.grow ?? ''}
              value={name}
              options={options}
              placeholder={t('whatIf.eventName')}
              aria-label={t('whatIf.eventName')}
              onChange={(value: string) => edit(id, { name: value })}
            />
            <RemoveRow onClick={() => put(added.filter((one) => one.id !== id))} />
          </div>
          <div className={styles.row}>
            <MomentInput
              value={at}
              label={t('whatIf.eventAt')}
              onChange={(moment) => edit(id, { at: moment })}
            />
            <MoneyInput
              value={amount ?? undefined}
              aria-label={t('whatIf.eventAmount')}
              onChange={(value) => edit(id, { amount: value })}
            />
          </div>
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={13} />}
        data-testid="what-if-add-event"
        onClick={() =>
          put([...added, { id: nextRow(), name: '', at: why.enrollment.enteredAt + 3_600_000, amount: null }])
        }
      >
        {t('whatIf.eventAdd')}
      </Button>
    </>
  )
}

export function RemoveRow({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('why')
  return (
    <Button
      type="text"
      icon={<X size={14} />}
      aria-label={t('whatIf.remove')}
      title={t('whatIf.remove')}
      onClick={onClick}
    />
  )
}
