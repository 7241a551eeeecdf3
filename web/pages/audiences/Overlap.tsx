import { useMutation } from '@tanstack/react-query'
import { Button, Drawer, Empty, Select } from 'antd'
import { BookmarkPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AudienceSummary, audienceSummary } from '../../../shared/api/customers.ts'
import { type OverlapAnswer, overlapAnswer } from '../../../shared/api/overlap.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { limits } from '../../../shared/limits.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { suggestKey } from '../../ui/audience-key.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './Overlap.module.css'

interface OverlapProps {
  readonly audiences: readonly AudienceSummary[]
  readonly open: boolean
  readonly onClose: () => void
}

/** Whose customers several audiences have in common, each of the groups to be saved by a press. */
export function Overlap({ audiences, open, onClose }: OverlapProps) {
  const { t } = useTranslation('audiences')
  const format = useFormat()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const most = limits.overlapAudiences.value
  const ask = useMutation({
    mutationFn: (keys: readonly string[]) =>
      api.post('/audiences/overlap', overlapAnswer, { audiences: keys }),
  })
  const choose = (keys: readonly string[]) => {
    setChosen(keys)
    if (keys.length >= 2) ask.mutate(keys)
    else ask.reset()
  }
  return (
    <Drawer open={open} size={760} title={t('overlap.title')} onClose={onClose} destroyOnHidden>
      <Select
        mode="multiple"
        className={styles.choose ?? ''}
        maxCount={most}
        value={[...chosen]}
        placeholder={t('overlap.choose', { most })}
        aria-label={t('overlap.choose', { most })}
        showSearch={{ optionFilterProp: 'label' }}
        options={audiences.map(({ key, name }) => ({ value: key, label: format.text(name) }))}
        onChange={choose}
        data-testid="overlap-choose"
      />
      {ask.error ? <ProblemAlert problem={asProblem(ask.error)} /> : null}
      {ask.isPending ? (
        <TableSkeleton rows={4} />
      ) : ask.data === undefined ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('overlap.empty')} />
      ) : (
        <Picture answer={ask.data} audiences={audiences} />
      )}
    </Drawer>
  )
}

/** The condition of being in these audiences, and in none of the others. */
function justIn(keys: readonly string[], inside: ReadonlySet<string>): Condition {
  return {
    kind: 'all',
    of: keys.map((audience) => ({ kind: 'audience', audience, member: inside.has(audience) })),
  }
}

/** A row a group: in which of the audiences it is, as dots; how many, as a bar; a column an audience with its size. */
function Picture({ answer, audiences }: { answer: OverlapAnswer; audiences: readonly AudienceSummary[] }) {
  const { t } = useTranslation('audiences')
  const format = useFormat()
  const notice = useNotice()
  const keys = answer.audiences.map(({ key }) => key)
  const nameOf = (key: string) => {
    const found = audiences.find((one) => one.key === key)
    return found === undefined ? key : format.text(found.name)
  }
  const rows = [...answer.regions].sort((a, b) => b.only - a.only)
  const largest = Math.max(1, ...rows.map(({ only }) => only))
  const said = (inside: readonly string[]) =>
    [
      inside.map(nameOf).join(t('overlap.and')),
      ...(inside.length < keys.length
        ? [
            t('overlap.without', {
              names: keys
                .filter((key) => !inside.includes(key))
                .map(nameOf)
                .join(t('overlap.or')),
            }),
          ]
        : []),
    ].join(t('overlap.comma'))
  const save = useMutation({
    mutationFn: (inside: readonly string[]) => {
      const taken = new Set(audiences.map(({ key }) => key))
      const name = said(inside).slice(0, limits.titleLength.value)
      return api.post('/audiences', audienceSummary, {
        key: suggestKey(inside.join(' '), taken),
        name: { 'zh-CN': name, en: name },
        condition: justIn(keys, new Set(inside)),
      })
    },
    onSuccess: ({ name }) => {
      void refresh('/audiences')
      notice.done(t('saved', { name: format.text(name) }))
    },
    onError: notice.problem,
  })
  return (
    <table className={styles.picture} data-testid="overlap-picture">
      <caption>{t('overlap.about', { all: format.count(answer.of) })}</caption>
      <thead>
        <tr>
          {answer.audiences.map(({ key, size, unknown }) => (
            <th key={key} scope="col" title={nameOf(key)}>
              <span>{nameOf(key)}</span>
              <small>{unknown ? t('unknownSize') : format.count(size)}</small>
            </th>
          ))}
          <th scope="col" className={styles.many}>
            {t('columns.size')}
          </th>
          <th aria-label={t('actions')} />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ audiences: inside, only }) => (
          <tr key={inside.join(' ')}>
            {keys.map((key) => (
              <td key={key} className={styles.dot}>
                <span
                  className={inside.includes(key) ? styles.in : styles.out}
                  role="img"
                  aria-label={t(inside.includes(key) ? 'overlap.in' : 'overlap.out')}
                />
              </td>
            ))}
            <td className={styles.many}>
              <span className={styles.bar} style={{ width: `${(only / largest) * 60}%` }} aria-hidden />
              <strong>{format.count(only)}</strong>
              <small>{format.share(answer.of === 0 ? 0 : only / answer.of)}</small>
            </td>
            <td>
              <Button
                type="text"
                size="small"
                icon={<BookmarkPlus size={15} />}
                loading={save.isPending && save.variables === inside}
                title={t('overlap.save', { said: said(inside) })}
                aria-label={t('overlap.save', { said: said(inside) })}
                onClick={() => save.mutate(inside)}
                data-testid={`overlap-save-${inside.join('+')}`}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
