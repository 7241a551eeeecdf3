import { mailLayoutAnswer, mailLayoutRequest } from '../../shared/api/mails.ts'
import { limits } from '../../shared/limits.ts'
import type { App } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { layOut } from '../mail/lay-out.ts'

export function mailRoutes(app: App): void {
  app.post(
    '/mails/layout',
    {
      bodyLimit: limits.journeyBodySize.value,
      schema: {
        summary: 'Lay out the blocks of a mail',
        description:
          'Answers the blocks with the HTML made of them by MJML, in which words, addresses and values have slots; it ' +
          'stands as `mail` in the configuration of a node that sends an e-mail. Nothing is stored. Words may be changed ' +
          'without laying out anew; anything else may not.',
        tags: ['messages'],
        params: brandParams,
        body: mailLayoutRequest,
        response: { 200: mailLayoutAnswer },
        problems: ['not-found', 'body-too-large'],
      },
    },
    async ({ body: { document } }) => ({ mail: { document, laid: await layOut(document) } }),
  )
}
