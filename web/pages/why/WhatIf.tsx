import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type WhatIfAnswer, type WhyAnswer, whatIfAnswer } from '../../../shared/api/why.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { asRequest, type Changes, isChanged, noChanges } from './changes.ts'
import { OtherPath } from './OtherPath.tsx'
import { WhatIfFields } from './WhatIfFields.tsx'
import styles from './Why.module.css'

export interface WhatIfProps {
  readonly path: string
  readonly why: WhyAnswer
  readonly other: WhatIfAnswer | null
  readonly onOther: (other: WhatIfAnswer | null) => void
}

/** What would have become of the customer, had something been otherwise. */
export function WhatIf({ path, why, other, onOther }: WhatIfProps) {
  const { t } = useTranslation('why')
  const [changes, setChanges] = useState<Changes>(noChanges)
  const work = useMutation({
    mutationFn: () => api.post(`${path}/what-if`, whatIfAnswer, asRequest(changes)),
    onSuccess: onOther,
  })
  const reset = () => {
    setChanges(noChanges)
    onOther(null)
    work.reset()
  }
  return (
    <div className={styles.whatIf} data-testid="what-if">
      <p className={styles.quiet}>
        {t('whatIf.about')} {t('whatIf.basis')}
      </p>
      <WhatIfFields why={why} changes={changes} onChange={setChanges} />
      {isChanged(changes) ? null : <p className={styles.note}>{t('whatIf.nothing')}</p>}
      <div className={styles.buttons}>
        <Button
          type="primary"
          loading={work.isPending}
          onClick={() => work.mutate()}
          data-testid="what-if-go"
        >
          {t('whatIf.go')}
        </Button>
        <Button onClick={reset}>{t('whatIf.reset')}</Button>
      </div>
      {work.error ? <ProblemAlert problem={asProblem(work.error)} /> : null}
      {other === null ? null : <OtherPath why={why} other={other} />}
    </div>
  )
}
