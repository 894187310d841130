/** The Accept header of a browser. */
export const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

/** One page of every kind. */
export const kinds = [
  '/',
  '/v1/action-lines/C1',
  '/v1/action-lines/C7',
  '/v1/action-lines/C7.e-environment',
  '/v1/agencies/ITU',
  '/v1/agencies/ECA',
  '/v1/agencies/UN-Regional-Commissions',
  '/v1/editions/annex-draft',
  '/v1/editions/annex-adopted?comparedTo=annex-draft',
  '/v1/forums/2024',
  '/v1/sessions/2023-366',
  '/v1/outcome-documents/2023-366',
  '/v1/outcome-documents/2009-c7-e-environment',
  '/v1/sources/annex-draft',
  '/v1/coordinations/annex-draft:C1:ECOSOC',
  '/v1/changes/0001:action-lines:C7.e-health',
  '/v1/action-lines',
  '/v1/agencies',
  '/v1/editions',
  '/v1/coordinations',
  '/v1/sources',
  '/v1/forums',
  '/v1/sessions',
  '/v1/outcome-documents',
  '/v1/changes',
  '/v1/search?q=health',
  '/v1/search?q=xyzzyq',
]
/** URLs that are rejected. */
export const refused = ['/v1/action-lines/C12', '/v1/sessions?agency=nobody&from=soon', '/nothing']
