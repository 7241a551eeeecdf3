import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useBrandPath } from '../../api/useBrandPath.ts'
import type { CountAnswer } from '../../conditions/index.ts'
import { Findings } from '../../ui/Findings.tsx'
import styles from './Sample.module.css'

/** A few of those for whom a condition holds, so that one sees whether they are the ones meant. */
export function Sample({ answer }: { answer: CountAnswer }) {
  const { t } = useTranslation('audiences')
  const path = useBrandPath()
  const { sample, findings } = answer
  return (
    <>
      <Findings findings={findings} />
      {sample.length === 0 ? <p className={styles.note}>{t('editor.nobody')}</p> : null}
      <div className={styles.sample} data-testid="audience-sample">
        {sample.length === 0 ? null : <span className={styles.note}>{t('editor.sample')}</span>}
        {sample.map(({ id, name }) => (
          <Link key={id} to={path(`customers/${id}`)} target="_blank" className={styles.person}>
            {name ?? t('editor.nameless')}
          </Link>
        ))}
      </div>
    </>
  )
}
