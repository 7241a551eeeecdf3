import { Button, Input } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { changeJourney } from '../../commands/change-journey.ts'
import { Section, variableNames } from '../../nodes/index.ts'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { useDocument, useRun } from '../context.ts'
import styles from './Inspector.module.css'
import { LiveValues } from './LiveValues.tsx'
import { OwnValue } from './OwnValue.tsx'

/** Whether a variable may be called so in the file. */
function isVariableName(name: string): boolean {
  return journeySchema.shape.variables.safeParse({ [name]: {} }).success
}

/** Variables that texts may use besides the built-in ones, with the names that chips show. */
export function VariableList() {
  const { t } = useTranslation('canvas')
  const run = useRun()
  const variables = useDocument(({ journey }) => journey.variables)
  const [written, setWritten] = useState('')
  const name = written.trim()
  const addable =
    isVariableName(name) && !Object.hasOwn(variables, name) && !Object.hasOwn(variableNames, name)
  const set = (next: typeof variables, field: string) =>
    run(changeJourney, { part: { variables: next }, field: `variables ${field}` })
  const add = () => {
    if (!addable) return
    set({ ...variables, [name]: {} }, name)
    setWritten('')
  }
  return (
    <Section title={t('variables.title')}>
      <p className={styles.note}>{t('variables.about')}</p>
      {Object.entries(variables).map(([path, variable]) => {
        const { [path]: _gone, ...others } = variables
        const { name: _name, ...bare } = variable
        const { value: _value, ...valueless } = variable
        return (
          <div key={path}>
            <div className={styles.variable}>
              <code>{path}</code>
              <Button
                type="text"
                size="small"
                icon={<X size={14} />}
                aria-label={t('variables.remove', { name: path })}
                onClick={() => set(others, path)}
              />
            </div>
            <LocalTextInput
              value={variable.name ?? {}}
              placeholder={t('variables.shownAs')}
              aria-label={t('variables.shownAs')}
              onChange={(next) => {
                const empty = !next['zh-CN'] && !next.en
                set({ ...variables, [path]: empty ? bare : { ...bare, name: next } }, path)
              }}
            />
            <OwnValue
              name={path}
              value={variable.value}
              onChange={(value) =>
                set({ ...variables, [path]: value === undefined ? valueless : { ...variable, value } }, path)
              }
            />
          </div>
        )
      })}
      <LiveValues />
      <div className={styles.variable}>
        <Input
          value={written}
          placeholder="customer.tier"
          aria-label={t('variables.add')}
          status={name === '' || addable ? '' : 'error'}
          onChange={(event) => setWritten(event.target.value)}
          onPressEnter={add}
        />
        <Button icon={<Plus size={14} />} disabled={!addable} aria-label={t('variables.add')} onClick={add} />
      </div>
    </Section>
  )
}
