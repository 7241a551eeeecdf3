import { Button, Input, InputNumber, Select } from 'antd'
import { Check, Pencil, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { CustomerEdit } from '../../../shared/api/customer-edits.ts'
import type { ValueOrigin } from '../../../shared/api/origins.ts'
import { type AttributeType, readYesNo } from '../../../shared/conditions/types/index.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import styles from './EditableFact.module.css'
import { OriginMark } from './Origin.tsx'

export type FactValue = CustomerEdit['value']
/** What a value is written with: a type of an attribute, or a field with words of its own. */
export type FactKind = AttributeType | 'gender'

export interface EditorProps {
  readonly kind: FactKind
  readonly value: FactValue
  readonly onChange: (value: FactValue) => void
  readonly label: string
  readonly invalid?: boolean
}

/** A field for a value, by what it holds. */
export function ValueEditor({ kind, value, onChange, label, invalid = false }: EditorProps) {
  const { t } = useTranslation('customers')
  const marks = {
    'aria-label': label,
    'data-testid': 'fact-input',
    status: invalid ? ('error' as const) : ('' as const),
  }
  const text = value === null ? '' : String(value)
  const words = (given: string) => onChange(given === '' ? null : given)
  switch (kind) {
    case 'number':
    case 'money':
      return (
        <InputNumber
          {...marks}
          className={styles.input ?? ''}
          controls={false}
          value={text === '' || Number.isNaN(Number(text)) ? null : Number(text)}
          onChange={(next) => onChange(next)}
        />
      )
    case 'date':
      return (
        <DateInput aria-label={label} value={/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : ''} onChange={words} />
      )
    case 'yes_no':
      return (
        <Select
          {...marks}
          className={styles.input ?? ''}
          value={readYesNo(text)}
          options={[
            { value: true, label: t('profile.yes') },
            { value: false, label: t('profile.no') },
          ]}
          onChange={(next: boolean) => onChange(next)}
        />
      )
    case 'gender':
      return (
        <Select
          {...marks}
          className={styles.input ?? ''}
          allowClear
          value={text === '' ? null : text}
          options={[
            { value: 'female', label: t('profile.female') },
            { value: 'male', label: t('profile.male') },
          ]}
          onChange={(next: string | undefined) => onChange(next ?? null)}
        />
      )
    case 'text':
    case 'time':
    case 'list':
      return (
        <Input
          {...marks}
          className={styles.input ?? ''}
          value={text}
          onChange={({ target }) => words(target.value)}
        />
      )
  }
}

/** Saves one value; a refusal is told at the field, and what was typed stays. */
export function useSaveFact(customerId: string) {
  const { locale } = useLocale()
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (edit: CustomerEdit): Promise<boolean> => {
    setBusy(true)
    try {
      await api.post(`/customers/${encodeURIComponent(customerId)}/edits`, z.undefined(), edit)
      setFault(null)
      return true
    } catch (error) {
      const problem = asProblem(error)
      setFault(`${problem.describe(locale)}${locale === 'en' ? '. ' : '。'}${problem.mend(locale) ?? ''}`)
      return false
    } finally {
      await refresh('/customers')
      setBusy(false)
    }
  }
  return { fault, busy, save, forget: () => setFault(null) }
}

export interface EditableFactProps {
  readonly customerId: string
  readonly of: CustomerEdit['of']
  readonly name: string
  readonly label: string
  readonly kind: FactKind
  readonly value: FactValue
  /** What stands there while nobody edits; beside it a pencil. */
  readonly children: ReactNode
  /** What the field begins with, where it is not what is shown: a phone that is masked is written anew. */
  readonly begin?: FactValue
  /** Where the value came from; there is none without a value. */
  readonly origin: ValueOrigin | undefined
}

/** A value that a press opens for editing, as its type has it. */
export function EditableFact({
  customerId,
  of,
  name,
  label,
  kind,
  value,
  children,
  begin = value,
  origin,
}: EditableFactProps) {
  const { t } = useTranslation(['customers', 'common'])
  const [draft, setDraft] = useState<{ readonly value: FactValue } | null>(null)
  const { fault, busy, save, forget } = useSaveFact(customerId)
  if (draft === null)
    return (
      <span className={styles.fact}>
        <span className={styles.value}>{children}</span>
        <Button
          type="text"
          size="small"
          className={styles.pencil ?? ''}
          icon={<Pencil size={12} aria-hidden />}
          aria-label={t('edit.open', { name: label })}
          onClick={() => setDraft({ value: begin })}
          data-testid={`edit-${name}`}
        />
        <OriginMark origin={origin} label={label} />
      </span>
    )
  const close = () => {
    forget()
    setDraft(null)
  }
  const submit = async () => {
    // What was seen last: after a refusal for another's change that is what they have written.
    if (await save({ of, name, value: draft.value, was: value })) setDraft(null)
  }
  return (
    <form
      className={styles.editing}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <ValueEditor
        kind={kind}
        value={draft.value}
        label={label}
        invalid={fault !== null}
        onChange={(next) => setDraft({ value: next })}
      />
      <Button
        size="small"
        type="primary"
        htmlType="submit"
        loading={busy}
        icon={<Check size={12} aria-hidden />}
        aria-label={t('common:save')}
        data-testid="fact-save"
      />
      <Button
        size="small"
        icon={<X size={12} aria-hidden />}
        aria-label={t('common:cancel')}
        onClick={close}
      />
      {fault === null ? null : (
        <p role="alert" className={styles.fault}>
          {fault}
        </p>
      )}
    </form>
  )
}
