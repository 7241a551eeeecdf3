import { Button, Switch } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WrittenText } from '../../shared/text.ts'
import { freshId } from '../store/ids.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row, Section, Word } from '../ui/fields/Field.tsx'
import { NumberInput } from '../ui/fields/inputs.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import { useFormat } from '../ui/useFormat.ts'
import styles from './webhook-call.module.css'

/** What a person may answer: each is a way out, of which a rehearsal assumes a share. */
export interface PersonAnswer {
  readonly id: string
  readonly name: WrittenText
  readonly share: number | null
}

interface AnswersProps {
  readonly answers: readonly PersonAnswer[]
  /** Where they stand in the settings. */
  readonly path: string
  readonly onChange: (answers: PersonAnswer[], field: string) => void
}

interface Words {
  readonly title: string
  readonly one: (number: number) => string
  readonly add: string
  readonly remove: string
  /** Of one that is added: how its id begins, and its name. */
  readonly fresh: { readonly id: string; readonly name: (number: number) => WrittenText }
}

/** What a person may answer, named one by one. */
export function PersonAnswers({
  answers,
  path,
  onChange,
  words,
  least,
  most,
}: AnswersProps & { readonly words: Words; readonly least: number; readonly most: number }) {
  const add = () => {
    const id = freshId(words.fresh.id, (one) => answers.some((known) => known.id === one))
    const share = answers.some((one) => one.share !== null) ? 0 : null
    onChange([...answers, { id, name: words.fresh.name(answers.length + 1), share }], 'add')
  }
  return (
    <Section title={words.title}>
      {answers.map((one, index) => (
        <div key={one.id} className={styles.case}>
          <div className={fields.grow}>
            <Field path={`${path}.${index}.name`}>
              <LocalTextInput
                value={one.name}
                aria-label={words.one(index + 1)}
                onChange={(name) =>
                  onChange(
                    answers.map((old) => (old.id === one.id ? { ...old, name } : old)),
                    `${one.id}.name`,
                  )
                }
              />
            </Field>
          </div>
          <Button
            type="text"
            danger
            icon={<Trash2 size={14} />}
            aria-label={words.remove}
            disabled={answers.length <= least}
            onClick={() =>
              onChange(
                answers.filter(({ id }) => id !== one.id),
                'remove',
              )
            }
          />
        </div>
      ))}
      <Row>
        <Button icon={<Plus size={14} />} onClick={add} disabled={answers.length >= most}>
          {words.add}
        </Button>
      </Row>
    </Section>
  )
}

/** What a rehearsal assumes, where nobody is asked: the first answer, or a share for each. */
export function AssumedShares({
  answers,
  path,
  onChange,
  hint,
}: AnswersProps & { readonly hint: (left: number | null) => string }) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const said = answers.some(({ share }) => share !== null)
  const left = 100 - answers.reduce((sum, { share }) => sum + (share ?? 0), 0)
  const even = Math.floor(100 / answers.length)
  const turn = (on: boolean) =>
    onChange(
      answers.map((one) => ({ ...one, share: on ? even : null })),
      'shares',
    )
  return (
    <Field
      label={t('decision.assumed')}
      path={path}
      hint={hint(said ? left : null)}
      extra={<Switch size="small" checked={said} aria-label={t('decision.assumed')} onChange={turn} />}
    >
      {said
        ? answers.map((one) => (
            <Row key={one.id}>
              <NumberInput
                value={one.share ?? 0}
                min={0}
                max={100}
                suffix="%"
                aria-label={`${t('decision.share')} ${one.id}`}
                onChange={(share) =>
                  onChange(
                    answers.map((old) => (old.id === one.id ? { ...old, share } : old)),
                    `${one.id}.share`,
                  )
                }
              />
              <Word>{format.text(one.name)}</Word>
            </Row>
          ))
        : null}
    </Field>
  )
}
