import { useState } from 'react'
import type { WrittenText } from '../../../shared/text.ts'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'

export interface NameInputProps {
  value: WrittenText
  onChange: (value: WrittenText) => void
  label: string
  rows?: number
  /** Whether nothing in either language is allowed. */
  optional?: boolean
  placeholder?: string
  testId?: string
}

const isEmpty = (text: WrittenText) => !text['zh-CN'] && !text.en

/** A text in both languages that the file must have in one: emptied, the old one stays until something is written. */
export function NameInput({
  value,
  onChange,
  label,
  rows,
  optional = false,
  placeholder,
  testId,
}: NameInputProps) {
  const [emptied, setEmptied] = useState(false)
  return (
    <div data-testid={testId}>
      <LocalTextInput
        value={emptied ? {} : value}
        aria-label={label}
        {...(rows === undefined ? {} : { rows })}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={(next) => {
          const nothing = isEmpty(next) && !optional
          setEmptied(nothing)
          if (!nothing) onChange(next)
        }}
      />
    </div>
  )
}
