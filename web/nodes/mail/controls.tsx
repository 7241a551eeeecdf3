import { Input, Switch } from 'antd'
import type { ReactNode } from 'react'
import type { Journey } from '../../../shared/journey/graph.ts'
import { limits } from '../../../shared/limits.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { MessageField } from '../send/MessageField.tsx'
import styles from './mail.module.css'

/** Variables that a text uses from now on. */
export type Declare = Journey['variables'] | undefined

/** The line above the mail, which stands beside its blocks. */
export interface Subject {
  readonly value: WrittenText
  readonly change: (value: WrittenText, declare?: Declare) => void
}

/**
 * A text of a block, in both languages and with values. What is wrong with a block is told above its form, once for all
 * of its texts.
 */
export function Said({
  path,
  label,
  value,
  onChange,
  singleLine = false,
}: {
  path: string
  label: string
  value: WrittenText
  onChange: (value: WrittenText, declare?: Declare) => void
  singleLine?: boolean
}) {
  return (
    <MessageField
      key={path}
      label={label}
      path={path}
      value={value}
      singleLine={singleLine}
      onChange={onChange}
    />
  )
}

export function Address({
  label,
  hint,
  value,
  onChange,
  testId,
  extra,
}: {
  label: string
  hint?: string
  /** Beside the label. */
  extra?: ReactNode
  value: string
  onChange: (value: string) => void
  testId: string
}) {
  return (
    <Field label={label} hint={hint} extra={extra}>
      {(field) => (
        <Input
          id={field}
          value={value}
          placeholder="https://"
          maxLength={limits.urlLength.value}
          data-testid={testId}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

export function Choice({
  label,
  value,
  onChange,
}: {
  label: string
  value: boolean
  onChange: (value: boolean) => void
}) {
  return (
    <div className={styles.choice}>
      <span>{label}</span>
      <Switch size="small" checked={value} aria-label={label} onChange={onChange} />
    </div>
  )
}
