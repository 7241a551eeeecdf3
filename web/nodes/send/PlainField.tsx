import { useCallback, useRef } from 'react'
import type { Journey } from '../../../shared/journey/graph.ts'
import { useEditor, useJourney } from '../../conditions/editor.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { ChipEditor, type ChipEditorHandle } from './ChipEditor.tsx'
import { VariableMenu } from './MessageField.tsx'
import { variableSource } from './template.ts'
import { sayVariable } from './variables.ts'

export interface PlainFieldProps {
  readonly label: string
  readonly path: string
  readonly value: string
  readonly hint?: string
  /** Beside the variables: what else can be put in. */
  readonly extra?: React.ReactNode
  readonly onChange: (value: string, declare?: Journey['variables']) => void
}

/** An address or a key, the same in both languages, with variables to put in. */
export function PlainField({ label, path, value, hint, extra, onChange }: PlainFieldProps) {
  const { locale } = useLocale()
  const handle = useRef<ChipEditorHandle>(null)
  const journey = useJourney((whole) => whole)
  const names = useRef(journey)
  names.current = journey
  const { contents } = useEditor().brand
  const nameOf = useCallback(
    (variable: string) => sayVariable(variable, names.current, locale, contents),
    [locale, contents],
  )
  const declared = useRef<Journey['variables'] | undefined>(undefined)
  return (
    <Field
      label={label}
      path={path}
      {...(hint === undefined ? {} : { hint })}
      extra={
        <>
          {extra}
          <VariableMenu
            onPick={(variable, undeclared) => {
              declared.current = undeclared ? { [variable]: {} } : undefined
              handle.current?.insert(variableSource(variable, null, null))
              declared.current = undefined
            }}
          />
        </>
      }
    >
      <ChipEditor
        value={value}
        lang="en"
        label={label}
        handle={handle}
        nameOf={nameOf}
        testId={`plain-${path.replaceAll('.', '-')}`}
        singleLine
        onChange={(next) => onChange(next, declared.current)}
      />
    </Field>
  )
}
