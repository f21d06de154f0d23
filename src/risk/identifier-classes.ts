/** Identifiers of the HIPAA Safe Harbor list, 45 CFR 164.514(b)(2)(i), by their letter. */
export const HIPAA_IDENTIFIERS = {
  A: 'names',
  B: 'places smaller than a state',
  C: 'dates, and ages above 89',
  D: 'telephone numbers',
  E: 'fax numbers',
  F: 'e-mail addresses',
  G: 'social security numbers',
  H: 'medical record numbers',
  I: 'health plan numbers',
  J: 'account numbers',
  K: 'certificate and licence numbers',
  L: 'vehicle identifiers and number plates',
  M: 'device identifiers and serial numbers',
  N: 'web addresses',
  O: 'IP addresses',
  P: 'biometric identifiers',
  Q: 'full-face photographs and comparable images',
  R: 'any other unique identifying number, characteristic or code',
} as const;
export type HipaaIdentifier = keyof typeof HIPAA_IDENTIFIERS;
export const HIPAA_LETTERS = Object.keys(HIPAA_IDENTIFIERS) as HipaaIdentifier[];

/** The risks against which Opinion 05/2014 of the Article 29 Working Party (WP216) tests an anonymisation. */
export const WP216_RISKS = ['singling out', 'linkability', 'inference'] as const;
export type Wp216Risk = (typeof WP216_RISKS)[number];

/** Options of the DICOM confidentiality profiles, PS3.15 annex E, with their codes of CID 7050. */
export const DICOM_OPTIONS = {
  113100: 'Basic Application Confidentiality Profile',
  113101: 'Clean Pixel Data Option',
  113102: 'Clean Recognizable Visual Features Option',
  113105: 'Clean Descriptors Option',
} as const;
export type DicomOption = keyof typeof DICOM_OPTIONS;
export const DICOM_CODES = Object.keys(DICOM_OPTIONS).map(Number) as DicomOption[];

/** What kind of identifier a risk is about, in the terms of three rule books. */
export interface IdentifierClasses {
  readonly hipaa: readonly HipaaIdentifier[];
  readonly wp216: readonly Wp216Risk[];
  readonly dicom: readonly DicomOption[];
}
